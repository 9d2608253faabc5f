import path from 'node:path';
import process from 'node:process';
import type { WidthRule } from '../../src-main/contract/model-card.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { chooseKernels } from '../../src-main/runtime/kernels.ts';
import type { ModelManifest } from '../../src-main/runtime/manifest.ts';
import { loadGraph as loadModelGraph } from '../../src-main/runtime/model-graph.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { SessionSequence } from '../../src-main/runtime/session-sequence.ts';
import type { TokenId } from '../../src-main/engine/model.ts';

export const defaultModelDirectory = path.join(import.meta.dirname, '../../models/smollm2-135m-instruct');

/**
 * Whether the processor or FOREDRAFT_KERNELS rules the operators out for the whole test run. If they are missing for any
 * other reason, tests fail.
 */
export const operatorsAreOff = ((): boolean => {
  const kernels = chooseKernels(readManifest(defaultModelDirectory), 'cpu');
  return kernels.kind === 'standard' && (kernels.reason === 'processor' || kernels.reason === 'forced');
})();

/** Whether the default model was converted with an adapter: not if set-up had `--without-editor`. */
export const hasEditor = readManifest(defaultModelDirectory).adapter !== null;

/** Milliseconds for a test of thousands of forwards; forced to plain kernels, it takes hours. */
export const longTimeout = (process.env['FOREDRAFT_KERNELS'] === 'plain' ? 24 * 60 : 10) * 60_000;

/**
 * Kernels as FOREDRAFT_KERNELS names them: `standard` or an instruction set of the operators. '' stands for the operators
 * unless the whole test run is forced to others.
 */
export type KernelsName = string;

export const loadDefaultModel = (kernels: KernelsName = ''): Promise<LoadedModel> =>
  withKernels(kernels, () => loadModel(defaultModelDirectory, 'cpu'));

export interface DefaultGraph {
  readonly manifest: ModelManifest;
  /** The standard graph. */
  readonly file: string;
  /** @param rule by default one under which rows don't depend on their batch, on most processors */
  open(rule?: WidthRule): SessionSequence;
  release(): void;
}

/** The default model's graph without tokenizer and probe. */
export const loadDefaultGraph = (kernels: KernelsName = ''): Promise<DefaultGraph> =>
  loadGraph('smollm2-135m-instruct', kernels);

/** The graph in a folder of models/, without tokenizer and probe. */
export async function loadGraph(name: string, kernels: KernelsName = ''): Promise<DefaultGraph> {
  const directory = path.join(import.meta.dirname, '../../models', name);
  const manifest = readManifest(directory);
  return withKernels(kernels, async () => {
    const chosen = chooseKernels(manifest, 'cpu');
    const graph = await loadModelGraph(directory, manifest, chosen);
    const own: WidthRule = { kind: chosen.kind === 'operators' ? 'exact' : 'paired' };
    return {
      manifest,
      file: path.join(directory, 'model.onnx'),
      open: (rule = own) => new SessionSequence(graph, manifest, rule),
      release: () => graph.session.release(),
    };
  });
}

async function withKernels<T>(kernels: KernelsName, load: () => Promise<T>): Promise<T> {
  const before = process.env['FOREDRAFT_KERNELS'];
  if (kernels !== '') process.env['FOREDRAFT_KERNELS'] = kernels;
  try {
    return await load();
  } finally {
    if (before === undefined) delete process.env['FOREDRAFT_KERNELS'];
    else process.env['FOREDRAFT_KERNELS'] = before;
  }
}

/** `count` token ids that look like nothing in particular, the same for the same seed. */
export function someTokens(count: number, seed = 1): TokenId[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (17 + ((state >>> 8) % 49000)) as TokenId;
  });
}
