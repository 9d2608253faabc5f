import type { Alternative } from '../../contract/generation.ts';
import type { Logits, TokenId } from '../model.ts';
import type { Hypothesis, HypothesisEnd } from './hypothesis.ts';

/** The settings that beam search and candidate-set decoding have in common. */
export interface SearchSettings {
  /** Tokens of the longest hypothesis, end token included; at least 1. */
  readonly maximumTokens: number;
  /** End tokens are banned until a hypothesis has this many tokens; 0 to maximumTokens, 0 always allows them. */
  readonly minimumTokens: number;
  readonly endTokens: ReadonlySet<TokenId>;
  /**
   * The exponent of the length that a summed log-probability is divided by: 0 compares sums, 1 means; higher values
   * favour long texts, negative ones short texts. -5 to 5.
   */
  readonly lengthPenalty: number;
  /** How many finished hypotheses are returned, best first; at least 1. */
  readonly best: number;
  /**
   * Changes the log-probabilities of what may follow prompt and hypothesis, which are its context; -Infinity
   * bans a token. They are not normalised again, as in Hugging Face's beam search.
   */
  readonly adjust?: (logProbabilities: Float32Array, context: readonly TokenId[]) => void;
  /** Whether a hypothesis without an end token is finished nevertheless, as by a stop text. */
  readonly stops?: (hypothesis: Hypothesis) => boolean;
  /** Whether a hypothesis is finished because it only repeats itself. */
  readonly loops?: (hypothesis: Hypothesis) => boolean;
  /** Lists the alternatives of a token from the logits that it was chosen from and their logSumExp. */
  readonly listAlternatives?: (logits: Logits, normaliser: number) => readonly Alternative[];
}

/** Why `hypothesis` has ended; undefined if it can be continued. */
export function endOf(hypothesis: Hypothesis, settings: SearchSettings): HypothesisEnd | undefined {
  if (hypothesis.last && settings.endTokens.has(hypothesis.last.token)) return 'end-token';
  if (settings.stops?.(hypothesis)) return 'stop-text';
  if (settings.loops?.(hypothesis)) return 'loop';
  return hypothesis.length >= settings.maximumTokens ? 'length' : undefined;
}
