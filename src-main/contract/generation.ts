import type { ChatMessage } from './chat.ts';
import type { Strategy } from './strategy.ts';

/** Longest answer that may be asked for, in tokens. */
export const maximumAnswerTokens = 8192;
export const defaultAnswerTokens = 1024;

/** One request to the engine. */
export interface GenerationRequest {
  /** Messages for the model's chat template, or text that is used as it is. */
  readonly prompt: { readonly messages: readonly ChatMessage[] } | { readonly raw: string };
  readonly strategy: Strategy;
  /** 1 to `maximumAnswerTokens`; the answer also ends where the context does. */
  readonly maxTokens: number;
  /** Texts that end the answer and are not part of it; none is empty. */
  readonly stopTexts: readonly string[];
  /** How many alternatives of each token are reported; 0 to 20. */
  readonly alternatives: number;
}

export interface Alternative {
  readonly id: number;
  readonly text: string;
  /** Natural logarithm, under the model before any policy. */
  readonly logProbability: number;
}

export type EndReason = 'end-token' | 'stop-text' | 'length' | 'context-full' | 'stopped';

/** Same definitions for every strategy. Times in milliseconds, logarithms natural. */
export interface Statistics {
  readonly promptTokens: number;
  /** Prompt tokens that were still in the cache and were not computed again. */
  readonly reusedTokens: number;
  readonly outputTokens: number;
  /** From the request to the first chosen token. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** (outputTokens - 1) / time after the first token; 0 where there was one token or none. */
  readonly tokensPerSecond: number;
  readonly forwards: number;
  /** Of the chosen tokens under the model, end token included. */
  readonly logProbabilitySum: number;
  readonly logProbabilityMean: number;
  readonly perplexity: number;
}

export type GenerationEvent =
  | { readonly type: 'prompt-progress'; readonly done: number; readonly total: number }
  | {
      readonly type: 'token';
      /** 0-based position in the answer. */
      readonly position: number;
      readonly id: number;
      /** Whole characters only: '' while a character or a stop text is still undecided. */
      readonly text: string;
      /** Under the model, before any policy. */
      readonly logProbability: number;
      /** After the policy: what the token was drawn with; 0 for greedy. */
      readonly policyLogProbability: number;
      readonly alternatives?: readonly Alternative[];
    }
  | { readonly type: 'end'; readonly reason: EndReason; readonly statistics: Statistics };

export type TokenEvent = Extract<GenerationEvent, { type: 'token' }>;
