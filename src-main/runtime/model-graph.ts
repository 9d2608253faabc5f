import path from 'node:path';
import type { Kernels } from '../contract/model-card.ts';
import { BiasInputs } from './bias-inputs.ts';
import type { CacheLayout } from './cache-layout.ts';
import { operatorsLayout, standardLayout } from './cache-layout.ts';
import type { AttentionInputs } from './forward.ts';
import { adapterPrefix, type ModelManifest } from './manifest.ts';
import type { OnnxRun } from './onnx-session.ts';
import { OnnxSession } from './onnx-session.ts';
import { OperatorsLibrary, operatorsLibraryFile } from './operators-library.ts';
import { PathInputs } from './path-inputs.ts';

/** The graphs of the weights as they are, or those that add the adapter to them. */
export type GraphSet = 'stock' | 'adapter';

const filePrefixes: Readonly<Record<GraphSet, string>> = { stock: '', adapter: adapterPrefix };

/** A model's graph in memory, and what its attention takes. */
export interface ModelGraph {
  readonly session: OnnxSession;
  readonly cacheLayout: CacheLayout;
  readonly createAttentionInputs: (run: OnnxRun) => AttentionInputs;
}

/**
 * Loads the graph of a set in `directory` that `kernels` run.
 * @throws ForedraftError `model-load-failed`
 */
export async function loadGraph(
  directory: string,
  { operators }: ModelManifest,
  kernels: Kernels,
  set: GraphSet = 'stock',
): Promise<ModelGraph> {
  const fileOf = (name: string) => path.join(directory, `${filePrefixes[set]}${name}`);
  if (kernels.kind === 'standard') {
    return {
      session: await OnnxSession.load(fileOf('model.onnx')),
      cacheLayout: standardLayout,
      createAttentionInputs: (run) => new BiasInputs(run),
    };
  }
  if (operators === null) throw new RangeError(`${directory} has no graph of operators`);
  const library = new OperatorsLibrary(operatorsLibraryFile());
  return {
    session: await OnnxSession.load(fileOf('operators.onnx'), library),
    cacheLayout: operatorsLayout(operators.cache),
    createAttentionInputs: (run) => new PathInputs(run),
  };
}
