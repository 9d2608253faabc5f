import { describe, expect, test } from 'vitest';
import { firstDifference, sameTextGroups } from '../../src-main/report/same-text.ts';
import { sampleComparison, sampleRun, tokensOf } from './sample-run.ts';

const idsOf = (runs: Parameters<typeof sampleComparison>[0]) =>
  sameTextGroups(sampleComparison(runs)).map(({ columnIds }) => columnIds);

describe('columns with the same text', () => {
  test('form a group', () => {
    const other = { tokens: tokensOf('Once') };
    expect(idsOf([sampleRun('a'), sampleRun('b', other), sampleRun('c')])).toEqual([['a', 'c'], ['b']]);
  });

  test('must agree in every repeat', () => {
    const runs = [
      sampleRun('a'),
      sampleRun('b'),
      sampleRun('a', { repeat: 1 }),
      sampleRun('b', { repeat: 1, tokens: tokensOf('Else') }),
    ];
    expect(idsOf(runs)).toEqual([['a'], ['b']]);
  });

  test('must be finished', () => {
    expect(idsOf([sampleRun('a'), sampleRun('b', { status: 'stopped' })])).toEqual([['a'], ['b']]);
  });
});

describe('the first difference', () => {
  test('is the first differing token', () => {
    const one = { tokens: tokensOf('There', ' was', ' once') };
    const other = { tokens: tokensOf('There', ' is', ' once') };
    expect(firstDifference(one, other)).toMatchObject({
      position: 1,
      one: { text: ' was', logProbability: -0.5 },
      other: { text: ' is' },
    });
  });

  test('is the end of the shorter run, and null for identical runs', () => {
    const [short, long] = [{ tokens: tokensOf('a') }, { tokens: tokensOf('a', 'b') }];
    expect(firstDifference(short, long)).toMatchObject({ position: 1, one: null, other: { text: 'b' } });
    expect(firstDifference(long, long)).toBeNull();
  });
});
