import type { Alternative } from '../../contract/generation.ts';
import type { Logits, TokenId } from '../model.ts';
import type { Adjustment } from '../policy/adjustments.ts';
import type { Hypothesis } from './hypothesis.ts';

/** What every search over several hypotheses has to know. */
export interface SearchSettings {
  /** Tokens of the longest hypothesis, end token included; at least 1. */
  readonly maximumTokens: number;
  /** End tokens are forbidden before a hypothesis has as many tokens; 0 to maximumTokens, 0 allows them always. */
  readonly minimumTokens: number;
  readonly endTokens: ReadonlySet<TokenId>;
  /**
   * The exponent of the length that a summed log-probability is divided by: 0 compares sums, 1 means; more
   * favours long texts, less than 0 short ones. -5 to 5.
   */
  readonly lengthPenalty: number;
  /** How many finished hypotheses are returned, best first; at least 1. */
  readonly best: number;
  /**
   * Changes the log-probabilities of what may follow prompt and hypothesis, which are its context; -Infinity
   * forbids a token. They are not normalised again, as in Hugging Face's beam search.
   */
  readonly adjust?: Adjustment;
  /** Whether a hypothesis that has no end token is finished nevertheless, as by a stop text. */
  readonly stops?: (hypothesis: Hypothesis) => boolean;
  /** Lists the alternatives of a token from the logits that it was chosen from and their logSumExp. */
  readonly listAlternatives?: (logits: Logits, normaliser: number) => readonly Alternative[];
}

/** Why a hypothesis isn't continued; `no-continuation`: every token was forbidden. */
export type HypothesisEnd = 'end-token' | 'stop-text' | 'length' | 'no-continuation';

/** Whether and why `hypothesis` has ended. */
export function endOf(hypothesis: Hypothesis, settings: SearchSettings): HypothesisEnd | undefined {
  if (hypothesis.last && settings.endTokens.has(hypothesis.last.token)) return 'end-token';
  if (settings.stops?.(hypothesis)) return 'stop-text';
  return hypothesis.length >= settings.maximumTokens ? 'length' : undefined;
}
