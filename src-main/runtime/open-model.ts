import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import type { Kernels, ModelCard } from '../contract/model-card.ts';
import type { LanguageModel, TokenId } from '../engine/model.ts';
import type { Vocabulary } from '../engine/vocabulary.ts';
import type { ModelManifest } from './manifest.ts';
import { OnnxSession } from './onnx-session.ts';
import { requireProvider } from './providers.ts';
import { readManifest } from './read-manifest.ts';
import { SessionSequence } from './session-sequence.ts';
import type { Tokenizer } from './tokenizer.ts';
import { loadTokenizer, vocabularyOf } from './tokenizer.ts';
import { probeWidths } from './width-probe.ts';

/** A graph in memory with its tokenizer and the results of probing it. */
export interface OpenModel {
  readonly card: ModelCard;
  readonly manifest: ModelManifest;
  readonly tokenizer: Tokenizer;
  readonly vocabulary: Vocabulary;
  readonly model: LanguageModel;
  /** Frees the graph; its sequences must be closed. */
  release(): void;
}

/**
 * Opens the model in `directory` and probes how its outputs depend on batching.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-load-failed`,
 * `provider-unavailable`
 */
export async function openModel(directory: string, providerName: string): Promise<OpenModel> {
  const provider = requireProvider(providerName);
  const manifest = readManifest(directory);
  const tokenizer = loadTokenizer(path.join(directory, 'tokenizer.json'));
  if (tokenizer.vocabularySize > manifest.vocabularySize) {
    throw new ForedraftError(
      'model-file-invalid',
      `${directory} has a tokenizer of ${tokenizer.vocabularySize} tokens for a model of ${manifest.vocabularySize}: convert the model again.`,
      { directory },
    );
  }
  const session = await OnnxSession.load(path.join(directory, 'model.onnx'));
  try {
    const widthRule = await probeWidths(
      (widths) => new SessionSequence(session, manifest, widths),
      manifest.vocabularySize,
    );
    const { id, name, architecture, precision, contextLength, vocabularySize } = manifest;
    const kernels: Kernels = { kind: 'standard', reason: 'no-graph' };
    const facts = { id, name, architecture, precision, contextLength, vocabularySize };
    const card: ModelCard = { ...facts, provider, kernels, widthRule };
    const model: LanguageModel = {
      vocabularySize,
      contextLength,
      endTokens: new Set(manifest.endTokens as TokenId[]),
      open: () => new SessionSequence(session, manifest, widthRule),
    };
    const vocabulary = vocabularyOf(tokenizer);
    return { card, manifest, tokenizer, vocabulary, model, release: () => session.release() };
  } catch (error) {
    session.release();
    throw loadError(directory, error);
  }
}

/** A graph that fails while it is probed doesn't match the manifest. */
function loadError(directory: string, error: unknown): unknown {
  if (!(error instanceof ForedraftError) || error.code !== 'runtime-failed') return error;
  return new ForedraftError(
    'model-load-failed',
    `${directory} has a graph that doesn't fit its model.json (${error.message}): convert the model again.`,
    { directory },
  );
}
