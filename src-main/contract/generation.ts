import type { ChatPrompt } from './chat.ts';
import type { Strategy } from './strategy.ts';

/** The longest answer that may be requested, in tokens. */
export const maximumAnswerTokens = 8192;
export const defaultAnswerTokens = 1024;

/** The start of an answer, as tokens or as text, that the model continues. */
export type AnswerPrefix = { readonly tokens: readonly number[] } | { readonly text: string };

/** One request to the engine. */
export interface GenerationRequest {
  /**
   * Messages for the model's chat template, or text that is used without it. Control tokens in messages are text; in a
   * raw prompt, whose author writes all of it, they are control tokens.
   */
  readonly prompt: ChatPrompt | { readonly raw: string };
  /** Default none. */
  readonly answerPrefix?: AnswerPrefix;
  readonly strategy: Strategy;
  /** New tokens, 1 to `maximumAnswerTokens`; the answer also ends when the context is full. */
  readonly maxTokens: number;
  /** Texts that end the answer and are not part of it; none may be empty. */
  readonly stopTexts: readonly string[];
  /** How many alternatives of each token are reported; 0 to 20. */
  readonly alternatives: number;
  /** Texts besides the prompt that the answer may repeat: prompt lookup searches them. Default none. */
  readonly references?: readonly string[];
  /** Whether a loop ends the answer even if the strategy has no `stopAtLoops`; default no. */
  readonly stopAtLoops?: boolean;
  /** A limit besides `maxTokens` that depends on a text; default none. */
  readonly lengthBound?: LengthBound;
  /** Position in the answer prefix from which its log-probabilities are read again; default none of them. */
  readonly rescoreFrom?: number;
  /** Runs the model with its adapter (`ModelCard.adapter`); default without. */
  readonly adapter?: true;
}

/** The part of a request that runs the model with an adapter. @param adapter its name; null for none */
export function withAdapter(adapter: string | null): Pick<GenerationRequest, 'adapter'> {
  return adapter === null ? {} : { adapter: true };
}

/** At most `ratio` times the tokens of `text`, plus `extra`. */
export interface LengthBound {
  readonly text: string;
  readonly ratio: number;
  /** In tokens. */
  readonly extra: number;
}

/** What is prefilled before an answer. */
export type PrefillRequest = Pick<GenerationRequest, 'prompt' | 'answerPrefix' | 'adapter'>;

/** A token of an answer's prefix. */
export interface PrefixToken {
  readonly id: number;
  /** Whole characters only: '' while a character is incomplete. */
  readonly text: string;
  /** Whether it is an end token. */
  readonly ends: boolean;
}

export interface Alternative {
  readonly id: number;
  readonly text: string;
  /** Natural logarithm, under the model or, in a list of policy alternatives, after the policy. */
  readonly logProbability: number;
}

/**
 * Why an answer ended. `loop`: it only repeated itself (`loopAtEnd`); `length`: at the maximum or the bound of the
 * request.
 */
export const endReasons = ['end-token', 'stop-text', 'loop', 'length', 'context-full', 'stopped'] as const;
export type EndReason = (typeof endReasons)[number];

/** Same definitions for every strategy. Times in milliseconds, logarithms natural. */
export interface Statistics {
  readonly promptTokens: number;
  /** Prompt tokens that were in the cache and were not computed again. */
  readonly reusedTokens: number;
  readonly outputTokens: number;
  /** From the request to the first token. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** (outputTokens - 1) / time after the first token; 0 with fewer than two tokens. */
  readonly tokensPerSecond: number;
  readonly forwards: number;
  /** Drafted by speculation, and how many were accepted; absent without it. */
  readonly proposedTokens?: number;
  readonly acceptedTokens?: number;
  /** Over the chosen tokens, under the model, end token included. */
  readonly logProbabilitySum: number;
  readonly logProbabilityMean: number;
  readonly perplexity: number;
  /** How many of these log-probabilities are approximate, see `TokenEvent`; absent if none. */
  readonly approximateTokens?: number;
  /** Distinct n-grams / all n-grams, for n of 1, 2 and 3 (distinct-n, Li et al. 2016); 1 without n-grams. */
  readonly distinct: readonly [number, number, number];
  /** Share of 4-grams that occurred before (seq-rep-4, Welleck et al. 2020); 0 to 1. */
  readonly repetition: number;
}

/**
 * Where speculation has a token from. `accepted`: a draft token; `recovered`: replaces the first rejected one; `bonus`:
 * follows a fully accepted draft; `model`: without a draft.
 */
export const tokenOrigins = ['model', 'accepted', 'recovered', 'bonus'] as const;
export type TokenOrigin = (typeof tokenOrigins)[number];

/** What drafts the tokens that speculation verifies. */
export const proposalSources = ['prompt-lookup', 'draft-model'] as const;
export type ProposalSource = (typeof proposalSources)[number];

/** A round of speculation with a draft; emitted before its tokens. */
export interface SpeculationRound {
  readonly type: 'round';
  /** Position of its first token in the answer. */
  readonly position: number;
  readonly source: ProposalSource;
  /** The texts of the draft tokens, in order; at least one. */
  readonly proposed: readonly string[];
  /** How many of them, from the first, were accepted; the next token is recovered or a bonus. */
  readonly accepted: number;
  readonly draftMs: number;
  readonly verifyMs: number;
}

/** One hypothesis of a step, as a node of the search tree. */
export interface SearchNode {
  /** Index into the nodes that the previous step kept, see `BeamStep` and `CandidateRound`; 0 in the first step. */
  readonly parent: number;
  /** The text that this step added. */
  readonly text: string;
  readonly logProbabilitySum: number;
  /** The sum normalised by the length so far, by which hypotheses are ranked. */
  readonly score: number;
  /**
   * `live`: continues in the next step; `ended`: finished in this step, a result unless better ones are found;
   * `dropped`: ranked below the survivors. A live node without children in the next step was dropped there.
   */
  readonly fate: 'live' | 'ended' | 'dropped';
}

/** One step of beam search. Keeps the live nodes, which come first. */
export interface BeamStep {
  readonly type: 'beam-step';
  readonly nodes: readonly SearchNode[];
}

/** One round of candidate-set decoding. Keeps the live and the ended nodes, which come first. */
export interface CandidateRound {
  readonly type: 'candidate-round';
  readonly nodes: readonly SearchNode[];
}

export type SearchStep = BeamStep | CandidateRound;

export interface SearchResult {
  readonly text: string;
  /** The sum normalised by the length penalty, by which results are ranked. */
  readonly score: number;
  readonly logProbabilitySum: number;
  readonly tokens: readonly { readonly id: number; readonly logProbability: number }[];
}

/** A token's figures from a linear read of its text. */
export interface RescoredToken {
  readonly logProbability: number;
  /** Absent if it stays as it was. */
  readonly policyLogProbability?: number;
  /** Present if alternatives were requested. */
  readonly alternatives?: readonly Alternative[];
  readonly policyAlternatives?: readonly Alternative[];
}

/** Figures of the tokens from `position` on, which replace those of the tokens that are approximate. */
export interface RescoredEvent {
  readonly type: 'rescored';
  readonly position: number;
  readonly tokens: readonly RescoredToken[];
}

export type GenerationEvent =
  | { readonly type: 'prompt-progress'; readonly done: number; readonly total: number }
  | {
      readonly type: 'token';
      /** 0-based position in the answer. */
      readonly position: number;
      readonly id: number;
      /** Whole characters only: '' while a character or a possible stop text is incomplete. */
      readonly text: string;
      /** Under the model, before any policy. */
      readonly logProbability: number;
      /** After the policy; 0 for greedy. */
      readonly policyLogProbability: number;
      readonly alternatives?: readonly Alternative[];
      /** The most likely after the policy; absent for strategies without a policy. */
      readonly policyAlternatives?: readonly Alternative[];
      /** Absent without speculation. */
      readonly origin?: TokenOrigin;
      /** The figures may differ from those of a linear read, which `rescored` reports once the answer has ended. */
      readonly approximate?: true;
    }
  | RescoredEvent
  | SpeculationRound
  | SearchStep
  /** The rest of the leading hypothesis after the settled text; replaces the last preview. */
  | { readonly type: 'preview'; readonly text: string }
  /** The results of a search, best first; the first is the answer. */
  | { readonly type: 'hypotheses'; readonly hypotheses: readonly SearchResult[] }
  | { readonly type: 'end'; readonly reason: EndReason; readonly statistics: Statistics };

export type TokenEvent = Extract<GenerationEvent, { type: 'token' }>;

export function isSearchStep(event: GenerationEvent): event is SearchStep {
  return event.type === 'beam-step' || event.type === 'candidate-round';
}
