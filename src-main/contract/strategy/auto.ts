import { describe } from './description.ts';
import { draftModel, policy } from './speculation-settings.ts';

/** Speculates with whatever pays on this machine, or not at all if nothing does: same text, never slower. */
export const auto = describe('auto', {
  group: 'recommended',
  summary: 'the text of its policy, greedy or sampling, as fast as this machine can make it',
  examples: [{}],
  settings: {
    /** Drafts where prompt lookup finds nothing; default none. */
    draftModel,
    policy,
  },
  rules: [],
  sweep: [],
  draws: (values) => values.policy.kind === 'sampling',
});
