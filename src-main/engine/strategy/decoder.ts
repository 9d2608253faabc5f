import type { Alternative, GenerationEvent, TokenOrigin } from '../../contract/generation.ts';
import type { Strategy } from '../../contract/strategy.ts';
import type { Distribution } from '../distribution.ts';
import type { Logits, Sequence, TokenId } from '../model.ts';
import type { PolicyContext } from '../policy/policy-of.ts';
import type { CostModel } from '../speculate/cost-model.ts';
import type { Drafter } from '../speculate/draft-model.ts';

/** How a strategy decodes. */
export interface Decoder<S extends Strategy = Strategy> {
  /** The tokens of the answer and the strategy's reports. The caller returns the generator to stop it early. */
  decode(strategy: S, run: DecodingRun): AsyncIterable<Decoded>;
  /** Whether the iteration ends with the answer; default no: the caller stops it after an end token or a stop text. */
  readonly endsByItself?: true;
  /** Whether it reads the prompt itself, from its first token; default no: the prompt is prefilled. */
  readonly readsPrompt?: true;
  /** Whether its logits are those of branches; default no: of linear reads. */
  readonly usesBranches?: true;
}

export type Decoded = DecodedToken | DecodedReport;

/** A token of the answer, from any strategy. */
export interface DecodedToken {
  readonly type: 'decoded-token';
  readonly token: TokenId;
  /** What it was chosen from; valid until the next token is requested. */
  readonly logits?: Logits;
  /** Natural logarithm, under the model before any policy; computed from `logits` if absent. */
  readonly logProbability?: number;
  /** What the policy made of the logits; absent for strategies without a policy. */
  readonly distribution?: Distribution;
  /** Natural logarithm, after the policy. */
  readonly policyLogProbability: number;
  /** Computed from `logits` if absent. */
  readonly alternatives?: readonly Alternative[];
  /** Absent if nothing is proposed. */
  readonly origin?: TokenOrigin;
}

/** What a strategy reports in addition to its tokens. */
export type DecodedReport = Exclude<GenerationEvent, { type: 'prompt-progress' | 'token' | 'end' }>;

/** What every strategy is run with. */
export interface DecodingRun extends PolicyContext {
  readonly sequence: Sequence;
  /** The prompt and, from `promptLength` on, the prefix of the answer. */
  readonly context: readonly TokenId[];
  readonly contextLength: number;
  /** Most tokens that may be decoded, at most what the context has room for. */
  readonly maxTokens: number;
  readonly stopTexts: readonly string[];
  /** The text in which a loop is no reason to end (`endsInLoop`); undefined if none is. */
  readonly loopSource: (() => string) | undefined;
  /** How many alternatives of each token are listed. */
  readonly alternatives: number;
  /** Texts that prompt lookup searches besides the prompt. */
  readonly references: readonly (readonly TokenId[])[];
  /** The draft model that the strategy names, if it names one. */
  readonly drafter: Drafter | undefined;
  readonly costModel: CostModel;
  readonly isStopped: () => boolean;
  /** Monotonic clock, ms. */
  readonly now: () => number;
}
