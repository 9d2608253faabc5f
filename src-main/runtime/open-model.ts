import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import type { Kernels, ModelCard, Provider } from '../contract/model-card.ts';
import { modelWithAdapter } from '../contract/model-card.ts';
import type { LanguageModel } from '../engine/model.ts';
import type { Vocabulary } from '../engine/vocabulary.ts';
import { readActionFigures } from './action-figures-file.ts';
import { chooseKernels } from './kernels.ts';
import { type ModelManifest, parametersOf } from './manifest.ts';
import { requireAdapterMemory, requireMemory } from './memory.ts';
import { type GraphPlace, loadError, type OpenGraph, openGraph } from './open-graph.ts';
import { requireProvider } from './providers.ts';
import { readManifest } from './read-manifest.ts';
import type { Tokenizer } from './tokenizer.ts';
import { loadTokenizer, vocabularyOf } from './tokenizer.ts';
import type { VerificationRecord } from './verification-record.ts';
import { verifyAgain, verifyFiles, verifyLoaded } from './verify-files.ts';

/** A model's graph in memory with its tokenizer, which the graph with the adapter shares. */
export interface OpenModel extends Pick<OpenGraph, 'release'> {
  readonly card: ModelCard;
  readonly model: LanguageModel;
  readonly manifest: ModelManifest;
  readonly tokenizer: Tokenizer;
  readonly vocabulary: Vocabulary;
  /**
   * Opens the graph with the adapter beside this one. Files that are as they were verified aren't hashed again.
   * @throws ForedraftError `settings-invalid` if the model has none, and as `openModel`
   */
  openAdapter(): Promise<OpenGraph>;
  /** Checks all files again, those of the adapter too, as `verifyAgain`. */
  verify(pause: () => Promise<void>): Promise<void>;
}

/**
 * Opens the model in `directory`, with the kernels that `chooseKernels` finds for it, once its files are verified.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-load-failed`, `provider-unavailable`,
 * `settings-invalid`
 */
export async function openModel(
  directory: string,
  providerName: string,
  record: VerificationRecord,
): Promise<OpenModel> {
  const provider = requireProvider(providerName);
  const manifest = readManifest(directory);
  await verifyFiles(directory, manifest, record);
  const tokenizer = loadTokenizer(path.join(directory, 'tokenizer.json'));
  if (tokenizer.vocabularySize > manifest.vocabularySize) {
    throw new ForedraftError(
      'model-file-invalid',
      `${directory} has a tokenizer of ${tokenizer.vocabularySize} tokens for a model of ${manifest.vocabularySize}: convert the model again.`,
      { directory },
    );
  }
  const kernels = chooseKernels(manifest, provider);
  requireMemory(directory, manifest.name);
  const place = { directory, manifest, kernels };
  const graph = await openGraph(place, 'stock');
  return {
    ...{ card: await cardOf(place, provider, graph), model: graph.model, manifest, tokenizer },
    vocabulary: vocabularyOf(tokenizer),
    openAdapter: async () => {
      const { name, adapter } = manifest;
      if (adapter === null) throw noAdapter(name);
      await verifyLoaded(directory, manifest, record);
      requireAdapterMemory(directory, modelWithAdapter(name, adapter.name), kernels);
      return openGraph(place, 'adapter');
    },
    verify: (pause) => verifyAgain(directory, manifest, record, pause),
    release: () => graph.release(),
  };
}

/** Describes a model by its stock graph, which is freed if that fails. */
async function cardOf(
  { directory, manifest, kernels }: GraphPlace,
  provider: Provider,
  graph: OpenGraph,
): Promise<ModelCard> {
  const { id, name, architecture, contextLength, vocabularySize } = manifest;
  const { figures, fault: actionsFault } = readActionFigures(directory);
  try {
    return {
      ...{ id, name, architecture, contextLength, vocabularySize, provider, kernels, actionsFault },
      precision: precisionOf(manifest, kernels),
      parameters: parametersOf(manifest),
      widthRule: graph.widthRule,
      treeDifference: await graph.treeDifference(),
      adapter: manifest.adapter?.name ?? null,
      actions: figures.filter(({ adapter }) => adapter === (manifest.adapter?.sha256 ?? null)),
    };
  } catch (error) {
    graph.release();
    throw loadError(directory, error);
  }
}

/** What the graph in use holds the weights as; in the operators' graph several, here the most frequent first. */
function precisionOf({ precision, operators }: ModelManifest, kernels: Kernels): string {
  if (operators === null || kernels.kind === 'standard') return precision;
  const byCount = Object.entries(operators.weights).sort(([, one], [, other]) => other - one);
  return byCount.map(([type]) => type).join(', ');
}

function noAdapter(name: string): ForedraftError {
  return new ForedraftError(
    'settings-invalid',
    `${name} has no adapter: leave the setting adapter out, or convert the model again with --adapter FILE.`,
    { setting: 'adapter' },
  );
}
