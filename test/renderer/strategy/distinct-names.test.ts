import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  descriptionOf,
  parseStrategy,
  strategyKinds,
  type Strategy,
  type StrategyKind,
} from '../../../src-main/contract/strategy.ts';
import type { Control } from '../../../src-main/contract/strategy/setting.ts';
import { presets } from '../../../src-main/report/presets.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';
import { distinctNames } from '../../../src-renderer/state/strategy/distinct-names.ts';
import { strategyName } from '../../../src-renderer/state/strategy/strategy-name.ts';

const english = new Language(() => 'en', 'en');
const chinese = new Language(() => 'zh-CN', 'zh-CN');
const languages = [english, chinese] as const;

const namesOf = (language: Language, inputs: readonly unknown[]) =>
  distinctNames(language, inputs.map(parseStrategy));

describe.each([
  [
    [2, 4, 8, 'adaptive'].map((draftLength) => ({ kind: 'speculative', draftLength })),
    ['Greedy, lookup 2', 'Greedy, lookup 4', 'Greedy, lookup 8', 'Greedy, adaptive lookup'],
    ['贪心，查找 2', '贪心，查找 4', '贪心，查找 8', '贪心，自适应查找'],
  ],
  [
    [
      { kind: 'speculative', proposer: 'draft-model', draftModel: 'small', draftLength: 8 },
      { kind: 'speculative', proposer: 'combined', draftModel: 'small', draftLength: 'adaptive' },
      { kind: 'speculative', draftLength: 4, policy: { kind: 'sampling', temperature: 0.7 } },
    ],
    ['Greedy, draft model 8', 'Greedy, adaptive lookup and draft model', 'Sampling 0.7, lookup 4'],
    ['贪心，草稿模型 8', '贪心，自适应查找加草稿模型', '采样 0.7，查找 4'],
  ],
  [
    [
      { kind: 'speculative', draftLength: 4 },
      { kind: 'speculative', draftLength: 4, acceptance: 'rejection' },
    ],
    ['Greedy, lookup 4, guarantee: same text', 'Greedy, lookup 4, guarantee: same distribution'],
    ['贪心，查找 4，保证：文本相同', '贪心，查找 4，保证：分布相同'],
  ],
  [
    [{ kind: 'greedy' }, { kind: 'greedy', noRepeatNgram: 3 }, { kind: 'beam', width: 2 }],
    ['Greedy', 'Greedy, no-repeat n-gram size 3', 'Beam 2'],
    ['贪心', '贪心，禁止重复的 n-gram 长度 3', '束搜索 2'],
  ],
  [
    [{ kind: 'beam' }, { kind: 'beam', sample: true }, { kind: 'beam', earlyStopping: 'never' }],
    [
      'Beam 4, stop the search: when improvement is unlikely',
      'Beam 4, stop the search: when improvement is unlikely, sample the survivors instead of keeping the best',
      'Beam 4, stop the search: when improvement is impossible',
    ],
    null,
  ],
  [
    [
      { kind: 'greedy', bannedWords: ['rain'] },
      { kind: 'greedy', bannedWords: ['rain', 'snow'] },
    ],
    ['Greedy, banned words: rain', 'Greedy, banned words: rain / snow'],
    null,
  ],
] as const)('%j', (inputs, inEnglish, inChinese) => {
  test('has names that say what differs', () => {
    expect(namesOf(english, inputs)).toEqual(inEnglish);
    if (inChinese !== null) expect(namesOf(chinese, inputs)).toEqual(inChinese);
  });
});

test('equal strategies have one name, whatever the order of their settings', () => {
  const strategy = parseStrategy({ kind: 'sampling', topK: 3, minP: 0.1 });
  const turned = Object.fromEntries(Object.entries(strategy).reverse()) as unknown as Strategy;
  const names = distinctNames(english, [strategy, turned, parseStrategy({ kind: 'greedy' })]);
  expect(names).toEqual(['Sampling 0.7', 'Sampling 0.7', 'Greedy']);
});

test.each(presets)('the strategies of the preset $id have short names', ({ columns }) => {
  for (const language of languages) {
    const names = distinctNames(
      language,
      columns.map(({ strategy }) => strategy),
    );
    expect(new Set(names).size).toBe(columns.length);
    for (const name of names) expect(name.length).toBeLessThan(28);
  }
});

/** Values to try for a setting; which of them are valid depends on the setting. */
function valuesFor(control: Control): readonly unknown[] {
  switch (control.type) {
    case 'number': {
      const { minimum, maximum, step, keyword } = control.range as typeof control.range & {
        keyword?: string;
      };
      return [minimum, minimum + step, maximum, keyword];
    }
    case 'choice':
      return control.values;
    case 'model':
      return ['some-model', 'adaptive', 'Greedy, lookup 4'];
    case 'token-strategy':
      return [
        { kind: 'sampling', temperature: 1.1 },
        { kind: 'sampling', temperature: 1.1, seed: 3 },
        { kind: 'greedy', dryMultiplier: 0.8 },
        { kind: 'greedy', bannedWords: ['x'] },
      ];
    case 'words':
      return [
        ['rain', 'snow'],
        ['rain\nsnow'],
        ['rain snow'],
        ['rain (2)'],
        [{ text: 'rain', bias: -2.5 }],
        [{ text: 'rain', bias: 0 }],
      ];
  }
}

/** Strategies that are easily confused: any of the values above for a few settings of one kind. */
function strategiesOf(kind: StrategyKind): fc.Arbitrary<Strategy | null> {
  const settings = Object.entries(descriptionOf(kind).settings);
  const entry = fc
    .constantFrom(...settings)
    .chain(([name, { control }]) =>
      fc.constantFrom(...valuesFor(control)).map((value) => [name, value] as const),
    );
  return fc.array(entry, { maxLength: 4 }).map((entries) => {
    try {
      return parseStrategy({
        kind,
        ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
      });
    } catch {
      return null;
    }
  });
}

/** Every pair of different strategies of one list that have one name. */
function confused(strategies: readonly Strategy[], names: readonly string[]): number {
  const byName = new Map<string, Strategy>();
  let count = 0;
  strategies.forEach((strategy, place) => {
    const name = names[place] ?? '';
    const known = byName.get(name);
    if (known === undefined) byName.set(name, strategy);
    else if (JSON.stringify(known) !== JSON.stringify(strategy)) count += 1;
  });
  return count;
}

test('two different strategies of a list never have one name', () => {
  let shortOnes = 0;
  let seen = 0;
  fc.assert(
    fc.property(
      fc
        .constantFrom(...strategyKinds)
        .chain((kind) => fc.array(fc.oneof(strategiesOf(kind), strategiesOf('greedy')), { maxLength: 14 })),
      (drawn) => {
        const strategies = drawn.filter((strategy) => strategy !== null);
        seen += strategies.length;
        for (const language of languages) {
          const names = distinctNames(language, strategies);
          expect(names).toHaveLength(strategies.length);
          expect(confused(strategies, names)).toBe(0);
          for (const name of names) expect(name).not.toMatch(/[{}]/);
          shortOnes += confused(
            strategies,
            strategies.map((strategy) => strategyName(language, strategy)),
          );
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(500);
  // Negative control: by their short names, some are the same.
  expect(shortOnes).toBeGreaterThan(50);
});
