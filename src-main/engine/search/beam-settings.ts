import type { Noise } from '../noise.ts';
import type { EarlyStopping } from './length-penalty.ts';
import type { SearchSettings } from './search-settings.ts';

export interface BeamSettings extends SearchSettings {
  /** Hypotheses kept, those of all groups together; 1 to 32. */
  readonly width: number;
  /**
   * Once as many hypotheses have finished as the width (of each group): true ends the search, false ends it when
   * the best live one, at its present length, has no better score than the worst finished one, `never` when none
   * can come to have one. Exactly Hugging Face's definitions.
   */
  readonly earlyStopping: EarlyStopping;
  /** Groups of diverse beam search, a divisor of the width; 1 is plain beam search. */
  readonly groups: number;
  /** Held against a token for each choice of it by an earlier group at the same place; at least 0. */
  readonly diversityPenalty: number;
  /** Makes it beam sampling, by draws from this noise. Of one group only. */
  readonly noise?: Noise;
}
