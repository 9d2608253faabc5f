import { performance } from 'node:perf_hooks';
import type { ChatMessage } from '../contract/chat.ts';
import type {
  AnswerPrefix,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
  PrefixToken,
  TokenEvent,
} from '../contract/generation.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { ModelCard, ProviderStatus } from '../contract/model-card.ts';
import { draftModelOf, tokenStrategyOf } from '../contract/strategy.ts';
import { generate } from '../engine/generate.ts';
import { inspect } from '../engine/inspect.ts';
import { measureForwards } from '../engine/measure-forwards.ts';
import type { LanguageModel, Sequence, TokenId } from '../engine/model.ts';
import { policyOf } from '../engine/policy/policy-of.ts';
import { warmCache } from '../engine/prefill.ts';
import { CostModel } from '../engine/speculate/cost-model.ts';
import { renderChat } from './chat-template.ts';
import { DraftModels } from './draft-models.ts';
import type { OpenModel } from './open-model.ts';
import { openModel } from './open-model.ts';
import { rawPromptParts } from './prompt-part.ts';
import { providerStatuses } from './providers.ts';
import type { Tokenizer } from './tokenizer.ts';

const measuredContext = 256;
const measuredWidths: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A forward's cost doesn't depend on what it reads. */
const anyTokens = (count: number) => Array.from({ length: count }, (_, index) => (100 + index) as TokenId);

/** A model in memory with one sequence, whose cache is reused across turns, and its draft models. */
export class LoadedModel {
  readonly card: ModelCard;
  readonly providers: readonly ProviderStatus[];
  readonly tokenizer: Tokenizer;
  readonly model: LanguageModel;
  readonly #open: OpenModel;
  readonly #sequence: Sequence;
  readonly #drafts: DraftModels;
  readonly #costModel = new CostModel();
  readonly #loadedAt = new Date();

  constructor(open: OpenModel, drafts: DraftModels) {
    this.card = open.card;
    this.providers = providerStatuses();
    this.tokenizer = open.tokenizer;
    this.model = open.model;
    this.#open = open;
    this.#sequence = this.model.open();
    this.#drafts = drafts;
  }

  /** The tokens of a request's prompt. */
  promptTokens(prompt: GenerationRequest['prompt']): TokenId[] {
    const { chatTemplate, namedTokens } = this.#open.manifest;
    const { controlTokens } = this.tokenizer;
    return this.tokenizer.encodePrompt(
      'raw' in prompt
        ? rawPromptParts(prompt.raw, controlTokens)
        : renderChat(chatTemplate, prompt.messages, {
            controlTokens,
            namedTokens,
            date: prompt.askedAt === undefined ? this.#loadedAt : new Date(prompt.askedAt),
          }),
    );
  }

  /**
   * Generates an answer. Aborting `signal` ends it with reason `stopped`, within one layer of a forward pass.
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
      const events = generate({
        model: this.model,
        sequence: this.#sequence,
        prompt: this.promptTokens(request.prompt),
        answerPrefix: this.#prefixTokens(request.answerPrefix),
        vocabulary: this.#open.vocabulary,
        strategy,
        maxTokens: request.maxTokens,
        stopTexts: request.stopTexts,
        alternatives: request.alternatives,
        references: references.map((text) => this.tokenizer.encodeText(text)),
        ...(drafter ? { drafter } : {}),
        signal,
        now: () => performance.now(),
        costModel: this.#costModel,
      });
      for await (const event of events) {
        if (event.type === 'token') this.#requireNumber(event);
        yield event;
      }
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }

  /** NaN and infinite logits, from damaged weights, would be an answer like any other. */
  #requireNumber({ position, logProbability }: TokenEvent): void {
    if (Number.isFinite(logProbability)) return;
    throw new ForedraftError(
      'runtime-failed',
      `${this.card.name} computed no valid probabilities for token ${position} of its answer: its files are damaged, install or convert the model again.`,
      { model: this.card.id },
    );
  }

  /**
   * Computes a prompt into the KV cache until `signal` aborts; the part computed so far stays. A prompt that
   * leaves no room for an answer is skipped. Must not overlap with `generate`.
   */
  async prefill({ prompt, answerPrefix }: PrefillRequest, signal: AbortSignal): Promise<void> {
    const tokens = [...this.promptTokens(prompt), ...this.#prefixTokens(answerPrefix)];
    if (tokens.length < this.model.contextLength) await warmCache(this.#sequence, tokens, signal);
  }

  /** Splits an answer prefix into tokens. @throws ForedraftError `settings-invalid` for unknown tokens */
  tokenize(answerPrefix: AnswerPrefix): readonly PrefixToken[] {
    const decoder = this.#open.vocabulary.textDecoder();
    return this.#prefixTokens(answerPrefix).map((id) => {
      const ends = this.model.endTokens.has(id);
      return { id, text: ends ? '' : decoder.add(id), ends };
    });
  }

  /** Counts the tokens of a conversation up to where its answer starts, chat template included. */
  countTokens(messages: readonly ChatMessage[]): number {
    return this.promptTokens({ messages }).length;
  }

  #prefixTokens(answerPrefix: AnswerPrefix | undefined): readonly TokenId[] {
    if (answerPrefix === undefined) return [];
    if ('text' in answerPrefix) return this.tokenizer.encodeText(answerPrefix.text);
    const { vocabularySize } = this.card;
    const unknown = answerPrefix.tokens.find(
      (token) => !Number.isInteger(token) || token < 0 || token >= vocabularySize,
    );
    if (unknown === undefined) return answerPrefix.tokens as readonly TokenId[];
    throw new ForedraftError(
      'settings-invalid',
      `The answer can't be continued after token ${unknown}, which is not in ${this.card.name}'s vocabulary: load the model that wrote it.`,
    );
  }

  /**
   * Recomputes the distributions at positions of an answer; the numbers equal those of its generation.
   * @throws ForedraftError `settings-invalid` for unknown tokens, `prompt-too-long`
   */
  async inspect(request: InspectionRequest): Promise<readonly InspectedToken[]> {
    const prompt = this.promptTokens(request.prompt);
    const prefix = this.#prefixTokens(request.answerPrefix);
    const answer = [...prefix, ...this.#prefixTokens({ tokens: request.tokens })];
    const { vocabulary } = this.#open;
    const { endTokens, vocabularySize } = this.model;
    const strategy = request.withPolicy === false ? undefined : tokenStrategyOf(request.strategy);
    const context = { promptLength: prompt.length, endTokens, vocabulary, vocabularySize };
    const found: InspectedToken[] = [];
    for await (const token of inspect({
      ...request,
      sequence: this.#sequence,
      prompt,
      answer,
      first: prefix.length + request.first,
      vocabulary,
      policy: strategy && policyOf(strategy, context),
    })) {
      found.push({ ...token, position: token.position - prefix.length });
    }
    return found;
  }

  /**
   * Measures what forward passes cost on this machine, and those of a draft model if one is named.
   * @throws ForedraftError as `DraftModels.get`
   */
  async measure(draftModel: string | null): Promise<ForwardCosts> {
    const drafter = draftModel === null ? undefined : await this.#drafts.get(draftModel);
    const measured = { context: anyTokens(measuredContext), rounds: 7, now: () => performance.now() };
    const forwards = await measureForwards(this.#sequence, { ...measured, widths: measuredWidths });
    const drafts = drafter && (await measureForwards(drafter.sequence, { ...measured, widths: [1] }));
    return {
      modelId: this.card.id,
      contextTokens: measuredContext,
      forwards: measuredWidths.map((width, index) => ({ width, milliseconds: forwards[index] ?? 0 })),
      draft: draftModel === null ? null : { modelId: draftModel, milliseconds: drafts?.[0] ?? 0 },
    };
  }

  /** Frees the model and its draft models. Must not overlap with `generate`. */
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
