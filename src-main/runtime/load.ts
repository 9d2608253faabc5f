import { performance } from 'node:perf_hooks';
import type { ChatMessage } from '../contract/chat.ts';
import type {
  AnswerPrefix,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
  PrefixToken,
} from '../contract/generation.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { ModelCard, ProviderStatus } from '../contract/model-card.ts';
import { draftModelOf, tokenStrategyOf } from '../contract/strategy.ts';
import { generate } from '../engine/generate.ts';
import { inspect } from '../engine/inspect.ts';
import { measureForwards } from '../engine/measure-forwards.ts';
import type { LanguageModel, TokenId } from '../engine/model.ts';
import { policyOf } from '../engine/policy/policy-of.ts';
import { warmCache } from '../engine/prefill.ts';
import { RunCounters } from '../engine/run-counters.ts';
import { renderChat } from './chat-template.ts';
import { DraftModels } from './draft-models.ts';
import type { OpenModel } from './open-model.ts';
import { loadError } from './open-graph.ts';
import { openModel } from './open-model.ts';
import type { PromptPart } from './prompt-part.ts';
import { rawPromptParts } from './prompt-part.ts';
import { providerStatuses } from './providers.ts';
import type { Tokenizer } from './tokenizer.ts';
import { localTime } from './strftime.ts';
import { Targets } from './targets.ts';
import { VerificationRecord } from './verification-record.ts';

const measuredContext = 256;
const measuredWidths: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Prompts are counted up to this many times the context: what is longer is only known to be too long. */
const countedContexts = 4;

const clock = () => performance.now();

/** A forward's cost doesn't depend on what it reads. */
const anyTokens = (count: number) => Array.from({ length: count }, (_, index) => (100 + index) as TokenId);

/** A model in memory, its graph with the adapter and its draft models. */
export class LoadedModel {
  readonly card: ModelCard;
  readonly providers: readonly ProviderStatus[];
  readonly tokenizer: Tokenizer;
  readonly model: LanguageModel;
  readonly #open: OpenModel;
  readonly #targets: Targets;
  readonly #drafts: DraftModels;
  readonly #loadedAt = new Date();

  constructor(open: OpenModel, drafts: DraftModels) {
    this.card = open.card;
    this.providers = providerStatuses();
    this.tokenizer = open.tokenizer;
    this.model = open.model;
    this.#open = open;
    this.#targets = new Targets(open);
    this.#drafts = drafts;
  }

  /** The model with its adapter, opened if need be. @throws ForedraftError as `Targets.withAdapter` */
  async withAdapter(): Promise<LanguageModel> {
    return (await this.#targets.withAdapter()).model;
  }

  /** The tokens of a request's prompt, at once: for short prompts. */
  promptTokens(prompt: GenerationRequest['prompt']): TokenId[] {
    return this.tokenizer.encodePrompt(this.#promptParts(prompt));
  }

  #promptParts(prompt: GenerationRequest['prompt']): readonly PromptPart[] {
    const { chatTemplate, namedTokens } = this.#open.manifest;
    const { controlTokens } = this.tokenizer;
    if ('raw' in prompt) return rawPromptParts(prompt.raw, controlTokens);
    const { askedAt, utcOffset } = prompt;
    const date = localTime(askedAt === undefined ? this.#loadedAt : new Date(askedAt), utcOffset);
    return renderChat(chatTemplate, prompt.messages, { controlTokens, namedTokens, date });
  }

  /** The tokens of a prompt, counted in steps; undefined if they fill several contexts. */
  #countedPrompt(prompt: GenerationRequest['prompt']): Promise<TokenId[] | undefined> {
    return this.tokenizer.encodeLongPrompt(
      this.#promptParts(prompt),
      countedContexts * this.model.contextLength,
    );
  }

  /** @throws ForedraftError `prompt-too-long` if they fill several contexts, so that they aren't all counted */
  async #readPrompt(prompt: GenerationRequest['prompt']): Promise<TokenId[]> {
    const tokens = await this.#countedPrompt(prompt);
    if (tokens) return tokens;
    const { contextLength } = this.model;
    const [least, capacity] = [countedContexts * contextLength, contextLength].map((count) =>
      count.toLocaleString('en'),
    );
    throw new ForedraftError(
      'prompt-too-long',
      `The prompt has more than ${least} tokens and the model's context holds ${capacity}: shorten it so that an answer fits.`,
      { contextLength },
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
    const target = await this.#targets.get(request.adapter, signal);
    if (target === undefined) {
      yield { type: 'end', reason: 'stopped', statistics: new RunCounters(clock).statistics() };
      return;
    }
    const { model, sequence, costModel } = target;
    const interrupt = () => {
      sequence.interrupt();
      drafter?.sequence.interrupt();
    };
    signal.addEventListener('abort', interrupt);
    try {
      yield* generate({
        ...{ model, sequence, costModel },
        prompt: await this.#readPrompt(request.prompt),
        answerPrefix: await this.#prefixTokens(request.answerPrefix),
        vocabulary: this.#open.vocabulary,
        strategy,
        maxTokens: await this.#limitOf(request),
        stopTexts: request.stopTexts,
        ...(request.stopAtLoops === true ? { stopAtLoops: true } : {}),
        alternatives: request.alternatives,
        references: await Promise.all(references.map((text) => this.#allTokens(text))),
        ...(request.rescoreFrom === undefined ? {} : { rescoreFrom: request.rescoreFrom }),
        ...(drafter ? { drafter } : {}),
        signal,
        now: clock,
      });
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }

  async #limitOf({ maxTokens, lengthBound }: GenerationRequest): Promise<number> {
    if (lengthBound === undefined) return maxTokens;
    const { text, ratio, extra } = lengthBound;
    return Math.min(maxTokens, Math.ceil((await this.#allTokens(text)).length * ratio) + extra);
  }

  /**
   * Computes a prompt into the KV cache until `signal` aborts; the part computed so far stays. A prompt that
   * leaves no room for an answer is skipped. Must not overlap with `generate`.
   */
  async prefill({ prompt, answerPrefix, adapter }: PrefillRequest, signal: AbortSignal): Promise<void> {
    const prefix = await this.#prefixTokens(answerPrefix);
    const tokens = [...(await this.#readPrompt(prompt)), ...prefix];
    const target = await this.#targets.get(adapter, signal);
    if (target === undefined || signal.aborted) return;
    if (tokens.length < this.model.contextLength) await warmCache(target.sequence, tokens, signal);
  }

  /** Splits an answer prefix into tokens. @throws ForedraftError `settings-invalid` for unknown tokens */
  async tokenize(answerPrefix: AnswerPrefix): Promise<readonly PrefixToken[]> {
    const decoder = this.#open.vocabulary.textDecoder();
    return (await this.#prefixTokens(answerPrefix)).map((id) => {
      const ends = this.model.endTokens.has(id);
      return { id, text: ends ? '' : decoder.add(id), ends };
    });
  }

  /**
   * Counts the tokens of a conversation up to where its answer starts, chat template included; null if they fill
   * several contexts.
   */
  async countTokens(messages: readonly ChatMessage[]): Promise<number | null> {
    return (await this.#countedPrompt({ messages }))?.length ?? null;
  }

  async #allTokens(text: string): Promise<readonly TokenId[]> {
    return (await this.tokenizer.encodeLongText(text)) ?? [];
  }

  async #prefixTokens(answerPrefix: AnswerPrefix | undefined): Promise<readonly TokenId[]> {
    if (answerPrefix === undefined) return [];
    if ('text' in answerPrefix) return this.#allTokens(answerPrefix.text);
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
    const prompt = await this.#readPrompt(request.prompt);
    const prefix = await this.#prefixTokens(request.answerPrefix);
    const answer = [...prefix, ...(await this.#prefixTokens({ tokens: request.tokens }))];
    const { vocabulary } = this.#open;
    const { model, sequence } = request.adapter ? await this.#targets.withAdapter() : this.#targets.stock;
    const { endTokens, vocabularySize, rowAgreement } = model;
    const strategy = request.withPolicy === false ? undefined : tokenStrategyOf(request.strategy);
    const context = { promptLength: prompt.length, endTokens, vocabulary, vocabularySize };
    const found: InspectedToken[] = [];
    for await (const token of inspect({
      ...request,
      sequence,
      rowAgreement,
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
   * Measures what forward passes cost on this machine, without the adapter, and those of a draft model if one is named.
   * @throws ForedraftError as `DraftModels.get`
   */
  async measure(draftModel: string | null): Promise<ForwardCosts> {
    const drafter = draftModel === null ? undefined : await this.#drafts.get(draftModel);
    const measured = { context: anyTokens(measuredContext), rounds: 7, now: clock };
    const forwards = await measureForwards(this.#targets.stock.sequence, {
      ...measured,
      widths: measuredWidths,
    });
    const drafts = drafter && (await measureForwards(drafter.sequence, { ...measured, widths: [1] }));
    return {
      modelId: this.card.id,
      contextTokens: measuredContext,
      forwards: measuredWidths.map((width, index) => ({ width, milliseconds: forwards[index] ?? 0 })),
      draft: draftModel === null ? null : { modelId: draftModel, milliseconds: drafts?.[0] ?? 0 },
    };
  }

  /**
   * Checks the files of the model and its draft models again, as `verifyAgain`; may overlap with everything.
   * @throws ForedraftError `model-file-invalid`, and what `pause` throws
   */
  async verify(pause: () => Promise<void>): Promise<void> {
    await this.#open.verify(pause);
    await this.#drafts.verify(pause);
  }

  /** Frees the model and its draft models. Must not overlap with `generate`. */
  close(): void {
    this.#targets.close();
    this.#drafts.close();
  }
}

/**
 * Loads the model in `directory`.
 * @param installed folders of the models that may draft for it, by id; default none
 * @param record of the files that were verified before; default that in each model's folder
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-load-failed`,
 * `provider-unavailable`
 */
export async function loadModel(
  directory: string,
  provider: string,
  installed: ReadonlyMap<string, string> = new Map(),
  record = new VerificationRecord(),
): Promise<LoadedModel> {
  const open = await openModel(directory, provider, record);
  try {
    return new LoadedModel(open, new DraftModels(open, installed, record));
  } catch (error) {
    open.release();
    throw loadError(directory, error);
  }
}
