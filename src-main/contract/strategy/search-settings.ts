import { number, stopAtLoops } from './setting.ts';

/** Settings of every search. */
export const searchSettings = {
  /** Hypotheses that are returned. */
  best: number({ minimum: 1, maximum: 32, step: 1, whole: true }, 1),
  noRepeatNgram: number({ minimum: 0, maximum: 100, step: 1, whole: true }, 0, 'searchNoRepeatNgram'),
  /** In tokens. */
  minimumLength: number({ minimum: 0, maximum: 8192, step: 1, whole: true }, 0, 'searchMinimumLength'),
  stopAtLoops,
};

/** 0 compares hypotheses by their summed log-probability, 1 by the mean; more favours long texts. */
export const lengthPenaltyRange = { minimum: -5, maximum: 5, step: 0.1 };
