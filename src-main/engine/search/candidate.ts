import type { Hypothesis } from './hypothesis.ts';
import type { HypothesisEnd } from './search-settings.ts';

/** A continuation in a candidate set, or one that may come into it. */
export interface Candidate {
  readonly hypothesis: Hypothesis;
  /** Undefined while it can be extended. */
  readonly end: HypothesisEnd | undefined;
  /** Index of the candidate that it extends in the set before; of itself where it had ended before. */
  readonly parent: number;
  /** Names it within its round, for the noise that it is drawn by. */
  readonly noiseKey: number;
  /** Its place among the leaves of the last forward, or its last token's parent's where that isn't read yet. */
  readonly leaf: number;
}
