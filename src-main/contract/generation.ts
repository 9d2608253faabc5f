import type { ChatMessage } from './chat.ts';
import type { Strategy } from './strategy.ts';

/** Longest answer that may be asked for, in tokens. */
export const maximumAnswerTokens = 8192;
export const defaultAnswerTokens = 1024;

/** The start of an answer, as tokens or as text, that the model continues. */
export type AnswerPrefix = { readonly tokens: readonly number[] } | { readonly text: string };

/** One request to the engine. */
export interface GenerationRequest {
  /** Messages for the model's chat template, or text that is used as it is. */
  readonly prompt: { readonly messages: readonly ChatMessage[] } | { readonly raw: string };
  /** Default none. */
  readonly answerPrefix?: AnswerPrefix;
  readonly strategy: Strategy;
  /** New tokens, 1 to `maximumAnswerTokens`; the answer also ends where the context does. */
  readonly maxTokens: number;
  /** Texts that end the answer and are not part of it; none is empty. */
  readonly stopTexts: readonly string[];
  /** How many alternatives of each token are reported; 0 to 20. */
  readonly alternatives: number;
  /** Texts that the answer may repeat, besides the prompt: speculation looks them up. Default none. */
  readonly references?: readonly string[];
}

/** What the model reads before it writes. */
export type PrefillRequest = Pick<GenerationRequest, 'prompt' | 'answerPrefix'>;

/** A token that an answer is begun with. */
export interface PrefixToken {
  readonly id: number;
  /** Whole characters only: '' while a character is cut. */
  readonly text: string;
  /** Whether the answer ends with it. */
  readonly ends: boolean;
}

export interface Alternative {
  readonly id: number;
  readonly text: string;
  /** Natural logarithm, under the model or, in a list of policy alternatives, after the policy. */
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
  /** Guessed by speculation, and how many of them were right; absent without it. */
  readonly proposedTokens?: number;
  readonly acceptedTokens?: number;
  /** Of the chosen tokens under the model, end token included. */
  readonly logProbabilitySum: number;
  readonly logProbabilityMean: number;
  readonly perplexity: number;
  /** Distinct runs of 1, 2 and 3 tokens over all of that length (Li et al. 2016); 1 where there is none. */
  readonly distinct: readonly [number, number, number];
  /** Share of the runs of 4 tokens that stood before (seq-rep-4, Welleck et al. 2020); 0 to 1. */
  readonly repetition: number;
}

/** `accepted`: as guessed; `recovered`: in its place; `bonus`: behind a whole guess; `model`: without one. */
export type TokenOrigin = 'model' | 'accepted' | 'recovered' | 'bonus';

/** Who guesses the tokens that speculation checks. */
export type ProposalSource = 'prompt-lookup' | 'draft-model';

/** A round of speculation in which something was guessed, told before its tokens. */
export interface SpeculationRound {
  readonly type: 'round';
  /** Of its first token in the answer. */
  readonly position: number;
  readonly source: ProposalSource;
  /** The texts of the guessed tokens, in order; at least one. */
  readonly proposed: readonly string[];
  /** How many of them, from the first, were right; the token behind them is recovered or a bonus. */
  readonly accepted: number;
  readonly draftMs: number;
  readonly verifyMs: number;
}

/** One hypothesis of a step, as a node of the tree that the search makes. */
export interface SearchNode {
  /** Index into the nodes that the previous step kept, see `BeamStep` and `CandidateRound`; 0 in the first step. */
  readonly parent: number;
  /** What this step added. */
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
  /** What results are compared by: the sum, normalised by the length as the settings say. */
  readonly score: number;
  readonly logProbabilitySum: number;
  readonly tokens: readonly { readonly id: number; readonly logProbability: number }[];
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
      /** The likeliest after the policy; absent for strategies that have none. */
      readonly policyAlternatives?: readonly Alternative[];
      /** Where speculation has it from; absent where nothing was guessed. */
      readonly origin?: TokenOrigin;
    }
  | SpeculationRound
  | SearchStep
  /** What would follow the settled text if the leading hypothesis won; replaces the last preview. */
  | { readonly type: 'preview'; readonly text: string }
  /** The results of a search, best first; the first one is the answer. */
  | { readonly type: 'hypotheses'; readonly hypotheses: readonly SearchResult[] }
  | { readonly type: 'end'; readonly reason: EndReason; readonly statistics: Statistics };

export type TokenEvent = Extract<GenerationEvent, { type: 'token' }>;

export function isSearchStep(event: GenerationEvent): event is SearchStep {
  return event.type === 'beam-step' || event.type === 'candidate-round';
}
