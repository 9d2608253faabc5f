import { describe } from './description.ts';
import { choice, numberOr } from './setting.ts';
import { draftModel, policy } from './speculation-settings.ts';

/** Speculative decoding: drafts several tokens and verifies them in one forward. */
export const speculative = describe('speculative', {
  group: 'speculation',
  summary: 'drafts several tokens and verifies them in one forward',
  examples: [
    { draftLength: 'adaptive', policy: { kind: 'greedy' } },
    { proposer: 'draft-model', draftModel: 'smollm2-135m-instruct' },
  ],
  settings: {
    /** combined: prompt lookup first, and the draft model if it finds nothing. */
    proposer: choice(['prompt-lookup', 'draft-model', 'combined'], 'prompt-lookup'),
    draftModel,
    /** Tokens drafted at a time; adaptive: as many as pay on this machine. */
    draftLength: numberOr('adaptive', { minimum: 1, maximum: 16, step: 1, whole: true }, 4),
    /** same-text: the text of plain decoding; rejection: its distribution. */
    acceptance: choice(['same-text', 'rejection'], 'same-text'),
    policy,
  },
  rules: [
    {
      between: ['draftModel', 'proposer'],
      holds: ({ proposer, draftModel: draft }) => proposer === 'prompt-lookup' || draft !== undefined,
      message: 'proposer needs a draftModel, the name of an installed model',
      conflict: 'draft',
    },
    {
      between: ['draftModel', 'proposer'],
      holds: ({ proposer, draftModel: draft }) => proposer !== 'prompt-lookup' || draft === undefined,
      message: 'draftModel goes with the proposer draft-model or combined',
    },
  ],
  sweep: ['draftLength'],
  draws: (values) => values.policy.kind === 'sampling',
  applies: (name, { proposer }) => name !== 'draftModel' || proposer !== 'prompt-lookup',
});
