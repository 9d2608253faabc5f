import { describe } from './description.ts';
import { lengthPenaltyRange, searchSettings } from './search-settings.ts';
import { choice, number, seed } from './setting.ts';

const { best, noRepeatNgram, minimumLength, stopAtLoops } = searchSettings;

/** Most continuations that one round scores. */
const maxContinuations = 64;

/** Keeps a set of candidates; each round extends every one by several tokens in several ways. */
export const candidateSet = describe('candidate-set', {
  group: 'searches',
  summary: 'a set of candidates, each extended in several ways before a policy keeps some',
  examples: [{ candidates: 4, alternatives: 3, tokensPerRound: 4 }],
  settings: {
    /** How the survivors of a round are chosen. */
    policy: choice(['greedy', 'beam', 'sampling'], 'beam', 'candidatePolicy'),
    candidates: number({ minimum: 1, maximum: 16, step: 1, whole: true }, 4),
    alternatives: number({ minimum: 1, maximum: 16, step: 1, whole: true }, 3),
    tokensPerRound: number({ minimum: 1, maximum: 32, step: 1, whole: true }, 4),
    best,
    lengthPenalty: number(lengthPenaltyRange, 0, 'candidateLengthPenalty'),
    noRepeatNgram,
    minimumLength,
    stopAtLoops,
    seed,
  },
  rules: [
    {
      between: ['alternatives', 'candidates'],
      holds: ({ candidates, alternatives }) => candidates * alternatives <= maxContinuations,
      message: `candidates times alternatives must be at most ${maxContinuations}`,
      conflict: 'extensions',
    },
    {
      between: ['best', 'candidates'],
      holds: ({ candidates, best: results }) => results <= candidates,
      message: 'best must be at most candidates',
      conflict: 'best-candidates',
    },
  ],
  sweep: ['candidates', 'alternatives', 'tokensPerRound', 'lengthPenalty'],
  draws: ({ policy }) => policy === 'sampling',
  withBest: ({ candidates }, count) => ({ best: count, candidates: Math.max(candidates, count) }),
});
