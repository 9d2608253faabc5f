import path from 'node:path';
import type { Kernels } from '../contract/model-card.ts';
import { BiasInputs } from './bias-inputs.ts';
import type { CacheLayout } from './cache-layout.ts';
import { operatorsLayout, standardLayout } from './cache-layout.ts';
import type { AttentionInputs } from './forward.ts';
import type { ModelManifest } from './manifest.ts';
import type { OnnxRun } from './onnx-session.ts';
import { OnnxSession } from './onnx-session.ts';
import { OperatorsLibrary, operatorsLibraryFile } from './operators-library.ts';
import { PathInputs } from './path-inputs.ts';

/** A model's graph in memory, and what its attention takes. */
export interface ModelGraph {
  readonly session: OnnxSession;
  readonly cacheLayout: CacheLayout;
  readonly createAttentionInputs: (run: OnnxRun) => AttentionInputs;
}

/**
 * Loads the graph in `directory` that `kernels` run.
 * @throws ForedraftError `model-load-failed`
 */
export async function loadGraph(
  directory: string,
  { operators }: ModelManifest,
  kernels: Kernels,
): Promise<ModelGraph> {
  if (kernels.kind === 'standard') {
    return {
      session: await OnnxSession.load(path.join(directory, 'model.onnx')),
      cacheLayout: standardLayout,
      createAttentionInputs: (run) => new BiasInputs(run),
    };
  }
  if (operators === null) throw new RangeError(`${directory} has no graph of operators`);
  const library = new OperatorsLibrary(operatorsLibraryFile());
  return {
    session: await OnnxSession.load(path.join(directory, 'operators.onnx'), library),
    cacheLayout: operatorsLayout(operators.cache),
    createAttentionInputs: (run) => new PathInputs(run),
  };
}
