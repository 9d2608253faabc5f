import { performance } from 'node:perf_hooks';
import type { GenerationEvent, GenerationRequest } from '../contract/generation.ts';
import type { ModelCard, ProviderStatus } from '../contract/model-card.ts';
import { draftModelOf } from '../contract/strategy.ts';
import { generate } from '../engine/generate.ts';
import { newExperience } from '../engine/lookahead/adaptive.ts';
import type { LanguageModel, Sequence, TokenId } from '../engine/model.ts';
import { renderChat } from './chat-template.ts';
import { DraftModels } from './draft-models.ts';
import type { OpenModel } from './open-model.ts';
import { openModel } from './open-model.ts';
import { providerStatuses } from './providers.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A model in memory, with one sequence whose cache serves turn after turn, and those that draft for it. */
export class LoadedModel {
  readonly card: ModelCard;
  readonly providers: readonly ProviderStatus[];
  readonly tokenizer: Tokenizer;
  readonly model: LanguageModel;
  readonly #open: OpenModel;
  readonly #sequence: Sequence;
  readonly #drafts: DraftModels;
  readonly #experience = newExperience();

  constructor(open: OpenModel, drafts: DraftModels) {
    this.card = open.card;
    this.providers = providerStatuses();
    this.tokenizer = open.tokenizer;
    this.model = open.model;
    this.#open = open;
    this.#sequence = this.model.open();
    this.#drafts = drafts;
  }

  /** The tokens that a request's prompt is read as. */
  promptTokens(prompt: GenerationRequest['prompt']): TokenId[] {
    const { chatTemplate } = this.#open.manifest;
    const text = 'raw' in prompt ? prompt.raw : renderChat(chatTemplate, prompt.messages);
    return this.tokenizer.encode(text);
  }

  /**
   * Answers `request`; aborting `signal` ends it with reason `stopped`, within one layer of a forward.
   * One generation at a time.
   */
  async *generate(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent, void> {
    const { strategy, references = [] } = request;
    const draftModel = draftModelOf(strategy);
    const drafter = draftModel === undefined ? undefined : await this.#drafts.get(draftModel);
    const interrupt = () => {
      this.#sequence.interrupt();
      drafter?.sequence.interrupt();
    };
    signal.addEventListener('abort', interrupt);
    try {
      yield* generate({
        model: this.model,
        sequence: this.#sequence,
        prompt: this.promptTokens(request.prompt),
        vocabulary: this.#open.vocabulary,
        encode: (text) => this.tokenizer.encode(text),
        strategy,
        maxTokens: request.maxTokens,
        stopTexts: request.stopTexts,
        alternatives: request.alternatives,
        references: references.map((text) => this.tokenizer.encode(text)),
        ...(drafter ? { drafter } : {}),
        signal,
        now: () => performance.now(),
        experience: this.#experience,
      });
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }

  /** Frees the model and those that draft for it; no generation may be running. */
  close(): void {
    this.#sequence.close();
    this.#open.release();
    this.#drafts.close();
  }
}

/**
 * Loads the model in `directory`.
 * @param installed folders of the models that may draft for it, by id; default none
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-load-failed`,
 * `provider-unavailable`
 */
export async function loadModel(
  directory: string,
  provider: string,
  installed: ReadonlyMap<string, string> = new Map(),
): Promise<LoadedModel> {
  const open = await openModel(directory, provider);
  try {
    return new LoadedModel(open, new DraftModels(open, installed));
  } catch (error) {
    open.release();
    throw error;
  }
}
