import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ForedraftError } from '../contract/error.ts';
import type { GenerationEvent, GenerationRequest } from '../contract/generation.ts';
import type { ModelCard, ProviderStatus } from '../contract/model-card.ts';
import { generate } from '../engine/generate.ts';
import { newExperience } from '../engine/lookahead/adaptive.ts';
import type { LanguageModel, Sequence, TokenId } from '../engine/model.ts';
import { renderChat } from './chat-template.ts';
import type { ModelManifest } from './manifest.ts';
import { OnnxSession } from './onnx-session.ts';
import { providerStatuses, requireProvider } from './providers.ts';
import { readManifest } from './read-manifest.ts';
import { SessionModel } from './session-model.ts';
import { SessionSequence } from './session-sequence.ts';
import type { Tokenizer } from './tokenizer.ts';
import { loadTokenizer } from './tokenizer.ts';
import { vocabularyOf } from './token-text.ts';
import { probeWidths } from './width-probe.ts';

/** A model in memory, with one sequence whose cache serves turn after turn. */
export class LoadedModel {
  readonly card: ModelCard;
  readonly providers: readonly ProviderStatus[];
  readonly tokenizer: Tokenizer;
  readonly model: LanguageModel;
  readonly #manifest: ModelManifest;
  readonly #session: OnnxSession;
  readonly #sequence: Sequence;
  readonly #experience = newExperience();

  constructor(manifest: ModelManifest, session: OnnxSession, card: ModelCard, tokenizer: Tokenizer) {
    this.card = card;
    this.providers = providerStatuses();
    this.tokenizer = tokenizer;
    this.model = new SessionModel(session, manifest, card.widthRule);
    this.#manifest = manifest;
    this.#session = session;
    this.#sequence = this.model.open();
  }

  /** The tokens that a request's prompt is read as. */
  promptTokens(prompt: GenerationRequest['prompt']): TokenId[] {
    const text = 'raw' in prompt ? prompt.raw : renderChat(this.#manifest.chatTemplate, prompt.messages);
    return this.tokenizer.encode(text);
  }

  /**
   * Answers `request`; aborting `signal` ends it with reason `stopped`, within one layer of a forward.
   * One generation at a time.
   */
  async *generate(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent, void> {
    const interrupt = () => this.#sequence.interrupt();
    signal.addEventListener('abort', interrupt);
    try {
      yield* generate({
        model: this.model,
        sequence: this.#sequence,
        prompt: this.promptTokens(request.prompt),
        vocabulary: vocabularyOf(this.tokenizer),
        encode: (text) => this.tokenizer.encode(text),
        strategy: request.strategy,
        maxTokens: request.maxTokens,
        stopTexts: request.stopTexts,
        alternatives: request.alternatives,
        signal,
        now: () => performance.now(),
        experience: this.#experience,
      });
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }

  /** Frees the model; no generation may be running. */
  close(): void {
    this.#sequence.close();
    this.#session.release();
  }
}

/**
 * Loads the model in `directory` and probes how its outputs depend on batching.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-load-failed`,
 * `provider-unavailable`
 */
export async function loadModel(directory: string, providerName: string): Promise<LoadedModel> {
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
    const card = { id, name, architecture, precision, contextLength, vocabularySize, provider, widthRule };
    return new LoadedModel(manifest, session, card, tokenizer);
  } catch (error) {
    session.release();
    throw loadError(directory, error);
  }
}

/** A graph that is refused while it is probed is another one than the manifest describes. */
function loadError(directory: string, error: unknown): unknown {
  if (!(error instanceof ForedraftError) || error.code !== 'runtime-failed') return error;
  return new ForedraftError(
    'model-load-failed',
    `${directory} has a graph that doesn't fit its model.json (${error.message}): convert the model again.`,
    { directory },
  );
}
