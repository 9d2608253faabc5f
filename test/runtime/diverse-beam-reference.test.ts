import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenId } from '../../src-main/engine/model.ts';
import { beam } from '../../src-main/engine/search/beam.ts';
import type { FinishedHypothesis } from '../../src-main/engine/search/search-outcome.ts';
import type { DefaultGraph } from './default-model.ts';
import { loadGraph } from './default-model.ts';

interface DiverseSearch {
  readonly promptIds: readonly TokenId[];
  readonly width: number;
  readonly groups: number;
  readonly diversityPenalty: number;
  readonly lengthPenalty: number;
  readonly endTokens: readonly TokenId[];
  readonly hypotheses: readonly {
    readonly ids: readonly TokenId[];
    readonly sum: number;
    readonly score: number;
  }[];
  /** The tokens of the hypotheses where penalties are added up, as transformers 4 did. */
  readonly accumulated: readonly (readonly TokenId[])[];
}

const file = path.join(import.meta.dirname, '../reference/diverse-beam.json');
const { maximumTokens, searches } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
  readonly maximumTokens: number;
  readonly searches: readonly DiverseSearch[];
};
const tolerance = 1e-3;

let graph: DefaultGraph;
beforeAll(async () => {
  graph = await loadGraph('smollm2-135m-instruct-float32');
});
afterAll(() => graph.release());

async function found(search: DiverseSearch): Promise<readonly FinishedHypothesis[]> {
  const { promptIds, width, groups, diversityPenalty, lengthPenalty, endTokens } = search;
  const sequence = graph.open();
  try {
    for await (const event of beam(sequence, promptIds, {
      ...{ width, groups, diversityPenalty, lengthPenalty, earlyStopping: false, best: width },
      ...{ minimumTokens: 0, maximumTokens, endTokens: new Set(endTokens) },
    })) {
      if (event.type === 'finished') return event.hypotheses;
    }
  } finally {
    sequence.close();
  }
  throw new Error('the search did not finish');
}

const texts = (hypotheses: readonly FinishedHypothesis[]) =>
  hypotheses.map(({ tokens }) => tokens.map(({ token }) => token));

describe('diverse beam search on the float32 model', () => {
  test('has searches of several widths, groups and penalties to be compared with', () => {
    const of = (value: (search: DiverseSearch) => number) => new Set(searches.map(value)).size;
    expect(searches.length).toBeGreaterThanOrEqual(8);
    expect(of(({ groups }) => groups)).toBeGreaterThanOrEqual(3);
    expect(of(({ diversityPenalty }) => diversityPenalty)).toBeGreaterThanOrEqual(4);
  });

  test('finds the hypotheses and scores of the one written from the paper', async () => {
    for (const search of searches) {
      const hypotheses = await found(search);
      expect(texts(hypotheses)).toEqual(search.hypotheses.map(({ ids }) => ids));
      for (const [rank, { logProbabilitySum, score }] of hypotheses.entries()) {
        const expected = search.hypotheses[rank]!;
        expect(Math.abs(logProbabilitySum - expected.sum)).toBeLessThan(tolerance);
        expect(Math.abs(score - expected.score)).toBeLessThan(tolerance);
      }
    }
  }, 300_000);

  test('would be noticed with penalties that add up, with another penalty or fewer groups (negative control)', async () => {
    const other = searches.filter(
      ({ hypotheses, accumulated }) =>
        hypotheses.map(({ ids }) => ids.join()).join(' ') !== accumulated.map((ids) => ids.join()).join(' '),
    );
    expect(other.length).toBeGreaterThan(searches.length / 2);
    const [search] = searches;
    const expected = search!.hypotheses.map(({ ids }) => ids);
    expect(texts(await found({ ...search!, diversityPenalty: 0 }))).not.toEqual(expected);
    expect(texts(await found({ ...search!, groups: 1 }))).not.toEqual(expected);
  }, 300_000);
});
