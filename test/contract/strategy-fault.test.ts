import { expect, test } from 'vitest';
import { parseStrategy } from '../../src-main/contract/strategy.ts';

test.each([
  ['greedy', /^strategy needs a kind, one of auto, .* or contrastive, not "greedy"$/],
  [null, /not null$/],
  [{ kind: 'best' }, /^strategy needs a kind, .*, not "best"$/],
  [{ kind: 'greedy', heat: 1 }, 'strategy has no setting heat: remove it'],
  [{ kind: 'auto', policy: { kind: 'sampling', heat: 1 } }, 'strategy has no setting policy.heat: remove it'],
  [{ kind: 'beam', width: 0 }, 'strategy: width must be a whole number from 1 to 32, not 0'],
  [{ kind: 'sampling', topP: 1.5 }, 'strategy: topP must be a number from 0.01 to 1, not 1.5'],
  [{ kind: 'beam', width: 4, groups: 3 }, 'strategy: width must be a multiple of groups'],
  [{ kind: 'beam', sample: 'yes' }, 'strategy: sample must be true or false, not "yes"'],
  [{ kind: 'beam', earlyStopping: 1 }, 'strategy: earlyStopping must be false, true or never, not 1'],
  [
    { kind: 'speculative', proposer: 'oracle' },
    'strategy: proposer must be prompt-lookup, draft-model or combined, not "oracle"',
  ],
  [
    { kind: 'speculative', draftLength: 9000 },
    'strategy: draftLength must be a whole number from 1 to 16, not 9000',
  ],
  [
    { kind: 'speculative', draftLength: 'far' },
    'strategy: draftLength must be adaptive or a number, not "far"',
  ],
  [
    { kind: 'auto', policy: { kind: 'beam' } },
    'strategy: policy.kind must be greedy or sampling, not "beam"',
  ],
  [{ kind: 'sampling', bannedWords: [3] }, 'strategy: bannedWords.0 must be a text, not 3'],
  [{ kind: 'sampling', logitBias: 3 }, 'strategy: logitBias must be a list, not 3'],
  [{ kind: 'sampling', logitBias: [{}] }, 'strategy: logitBias.0.text is missing'],
])('%j is rejected in one sentence', (input, sentence) => {
  expect(() => parseStrategy(input)).toThrow(sentence);
});
