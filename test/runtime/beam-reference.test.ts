import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReferenceSearch } from '../engine/search/beam-reference.ts';
import { compareWithReference, readBeamReference, referenceShift } from '../engine/search/beam-reference.ts';
import type { DefaultGraph } from './default-model.ts';
import { loadGraph } from './default-model.ts';

const { prompts, maximumTokens } = readBeamReference();
/** Searches every seventh prompt: all of them take minutes. */
const every = 7;
/** Tolerance of a log-probability; 2.7e-5 was measured. */
const tolerance = 1e-4;

/** Tolerance of a score whose length penalty is 0 or 1. */
const scoreTolerance = 1e-3;
/**
 * A negative penalty multiplies by the length, so that a score is up to 24 · 24 times the mean log-probability of a
 * token: what an error of `each` token comes to. 1e-3 would take tokens right to 1.7e-6, less than the last place of
 * a logit above 16 in float32.
 */
const multiplied = ({ lengthPenalty }: ReferenceSearch, each: number) =>
  lengthPenalty < 0 ? each * maximumTokens ** (1 - lengthPenalty) : 0;
/** Mean error per token from the reference in float64; 3.1e-6 was measured. */
const logitRounding = 6e-6;

let graph: DefaultGraph;
beforeAll(async () => {
  graph = await loadGraph('smollm2-135m-instruct-float32');
});
afterAll(() => graph.release());

describe('beam search on the float32 model', () => {
  test('covers widths, length penalties and ways to stop', () => {
    const all = prompts.flatMap(({ searches }) => searches);
    const of = <T>(value: (search: ReferenceSearch) => T) => new Set(all.map(value));
    expect(prompts.length).toBeGreaterThanOrEqual(20);
    for (const width of [2, 4, 5, 8]) expect(of((search) => search.width)).toContain(width);
    for (const penalty of [-1, 0, 1, 2]) expect(of((search) => search.lengthPenalty)).toContain(penalty);
    for (const way of [true, false, 'never']) expect(of((search) => search.earlyStopping)).toContain(way);
  });

  test('finds the hypotheses and scores of transformers', async () => {
    const sequence = graph.open();
    let searches = 0;
    for (const { promptIds, searches: all } of prompts.filter((_, index) => index % every === 0)) {
      for (const search of all) {
        const found = await compareWithReference(sequence, promptIds, search, maximumTokens);
        expect(found.otherRanks).toEqual([]);
        expect(found.logProbability).toBeLessThan(tolerance);
        const exact = Math.max(scoreTolerance, multiplied(search, logitRounding));
        expect(found.exactScore).toBeLessThan(exact);
        expect(found.score).toBeLessThan(exact + multiplied(search, referenceShift));
        searches++;
      }
    }
    sequence.close();
    expect(searches).toBeGreaterThan(30);
  }, 600_000);

  test('another width or penalty is noticed (negative control)', async () => {
    const [one] = prompts;
    const sequence = graph.open();
    const search = one!.searches.find(({ width }) => width >= 4)!;
    const changed = { ...search, width: search.width - 1 };
    const found = await compareWithReference(sequence, one!.promptIds, changed, maximumTokens);
    sequence.close();
    expect(found.otherRanks.length).toBeGreaterThan(0);
  });
});
