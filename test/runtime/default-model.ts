import path from 'node:path';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { loadGraph as loadModelGraph } from '../../src-main/runtime/model-graph.ts';
import type { ModelManifest } from '../../src-main/runtime/manifest.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import type { Widths } from '../../src-main/runtime/session-sequence.ts';
import { SessionSequence } from '../../src-main/runtime/session-sequence.ts';
import type { TokenId } from '../../src-main/engine/model.ts';

export const defaultModelDirectory = path.join(import.meta.dirname, '../../models/smollm2-135m-instruct');

export const loadDefaultModel = (): Promise<LoadedModel> => loadModel(defaultModelDirectory, 'cpu');

export interface DefaultGraph {
  readonly manifest: ModelManifest;
  readonly file: string;
  open(widths: Widths): SessionSequence;
  release(): void;
}

/** The default model's graph without tokenizer and probe. */
export const loadDefaultGraph = (): Promise<DefaultGraph> => loadGraph('smollm2-135m-instruct');

/** The graph in a folder of models/, without tokenizer and probe. */
export async function loadGraph(name: string): Promise<DefaultGraph> {
  const directory = path.join(import.meta.dirname, '../../models', name);
  const manifest = readManifest(directory);
  const file = path.join(directory, 'model.onnx');
  const graph = await loadModelGraph(directory, manifest, { kind: 'standard', reason: 'forced' });
  return {
    manifest,
    file,
    open: (widths) => new SessionSequence(graph, manifest, widths),
    release: () => graph.session.release(),
  };
}

/** `count` token ids that look like nothing in particular, the same for the same seed. */
export function someTokens(count: number, seed = 1): TokenId[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (17 + ((state >>> 8) % 49000)) as TokenId;
  });
}
