import { describe } from './description.ts';
import { lengthPenaltyRange, searchSettings } from './search-settings.ts';
import { choice, number, seed } from './setting.ts';

const { best, noRepeatNgram, minimumLength, stopAtLoops } = searchSettings;

/** Beam search; with groups diverse beam search, with `sample` stochastic beam search. */
export const beam = describe('beam', {
  group: 'searches',
  summary: 'the most likely of several texts that are extended side by side',
  examples: [{ width: 4, lengthPenalty: 1, best: 2 }],
  settings: {
    earlyStopping: choice([false, true, 'never'], false),
    /** Draws the survivors of a step instead of taking the best. */
    sample: choice([true, false], false),
    width: number({ minimum: 1, maximum: 32, step: 1, whole: true }, 4),
    best,
    lengthPenalty: number(lengthPenaltyRange, 1),
    groups: number({ minimum: 1, maximum: 32, step: 1, whole: true }, 1),
    diversityPenalty: number({ minimum: 0, maximum: 10, step: 0.1 }, 0),
    noRepeatNgram,
    minimumLength,
    stopAtLoops,
    seed,
  },
  rules: [
    {
      between: ['groups', 'width'],
      holds: ({ width, groups }) => width % groups === 0,
      message: 'width must be a multiple of groups',
      conflict: 'groups',
    },
    {
      between: ['best', 'width'],
      holds: ({ width, best: results }) => results <= width,
      message: 'best must be at most width',
      conflict: 'best-width',
    },
    {
      between: ['groups', 'sample'],
      holds: ({ sample, groups }) => !sample || groups === 1,
      message: 'sample needs groups to be 1',
      conflict: 'sample-groups',
    },
  ],
  sweep: ['width', 'lengthPenalty', 'groups', 'diversityPenalty', 'noRepeatNgram'],
  draws: ({ sample }) => sample,
  withBest: ({ width, groups }, count) => ({
    best: count,
    width: Math.ceil(Math.max(width, count) / groups) * groups,
  }),
});
