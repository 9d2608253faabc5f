import { describe, expect, test } from 'vitest';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { presets } from '../../src-main/report/presets.ts';
import { sweepColumns } from '../../src-main/report/sweep.ts';

test('every preset consists of different valid strategies', () => {
  for (const { columns } of presets) {
    for (const { strategy } of columns) expect(parseStrategy(strategy)).toEqual(strategy);
    expect(new Set(columns.map(({ strategy }) => JSON.stringify(strategy))).size).toBe(columns.length);
  }
  expect(presets.find(({ id }) => id === 'six')?.columns).toHaveLength(6);
});

describe('a sweep', () => {
  test('makes a column for each value', () => {
    const columns = sweepColumns('Beam', parseStrategy({ kind: 'beam' }), 'width', [2, 4]);
    expect(columns.map(({ name, strategy }) => [name, strategy])).toEqual([
      ['Beam, width 2', parseStrategy({ kind: 'beam', width: 2 })],
      ['Beam, width 4', parseStrategy({ kind: 'beam', width: 4 })],
    ]);
  });

  test("can vary the settings of a speculative strategy's policy", () => {
    const strategy = parseStrategy({ kind: 'speculative', policy: { kind: 'sampling' } });
    const [hot] = sweepColumns('Guess', strategy, 'temperature', [1.5]);
    expect(hot?.strategy).toMatchObject({ kind: 'speculative', policy: { temperature: 1.5 } });
    const [long] = sweepColumns('Guess', strategy, 'draftLength', [8]);
    expect(long?.strategy).toMatchObject({ draftLength: 8 });
  });

  test.each([
    ['nothing', [1], 'strategy has no setting nothing'],
    ['width', [0], 'width must be a whole number from 1 to 32'],
    ['width', [], 'A sweep over width needs values'],
  ])('over %s of %j is rejected in one sentence', (setting, values, sentence) => {
    expect(() => sweepColumns('Beam', parseStrategy({ kind: 'beam' }), setting, values)).toThrow(sentence);
  });
});
