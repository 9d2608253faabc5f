import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Comparison } from '../../src-main/contract/comparison.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { anyComparison, sampleRequest } from './comparison-samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** The comparisons of a new history that is closed when the test ends. */
function newComparisons() {
  const history = openHistory(newFile());
  onTestFinished(() => history.close());
  return history.comparisons;
}

/** `comparison` without its ids; runs name their column by its place. */
function withoutIds({ id: _id, columns, runs, ...rest }: Comparison) {
  return {
    ...rest,
    columns: columns.map(({ name, strategy }) => ({ name, strategy })),
    runs: runs.map(({ id: _runId, columnId, ...run }) => ({
      ...run,
      column: columns.findIndex(({ id }) => id === columnId),
    })),
  };
}

const idsOf = ({ id, columns, runs }: Comparison) => [id, ...[...columns, ...runs].map((part) => part.id)];

describe('an imported comparison', () => {
  it('equals the original in every field but the ids, which are new', () => {
    const comparisons = newComparisons();
    fc.assert(
      fc.property(anyComparison, (original) => {
        const imported = comparisons.importComparison(original);
        expect(comparisons.open(imported.id)).toEqual(imported);
        expect(withoutIds(imported)).toEqual(withoutIds(original));
        const known = new Set(idsOf(original));
        expect(idsOf(imported).filter((id) => known.has(id))).toEqual([]);
        comparisons.remove(imported.id);
      }),
      { numRuns: 100 },
    );
  });

  it('of this same history is a second one beside the first', () => {
    const comparisons = newComparisons();
    const first = comparisons.create(sampleRequest);
    const second = comparisons.importComparison(first);
    expect(withoutIds(second)).toEqual(withoutIds(first));
    expect(comparisons.open(first.id)).toEqual(first);
    const changed = comparisons.importComparison({ ...first, notes: 'Another' });
    expect(withoutIds(changed)).not.toEqual(withoutIds(first));
  });

  it('has no run that is being written, for nobody writes it here', () => {
    const comparisons = newComparisons();
    const comparison = comparisons.create(sampleRequest);
    comparisons.writeRun(comparison.runs[0] ?? expect.fail()).abandon();
    const imported = comparisons.importComparison(comparisons.open(comparison.id));
    expect(imported.runs[0]?.status).toBe('interrupted');
  });

  it('is refused as a whole where a run belongs to no column', () => {
    const comparisons = newComparisons();
    const comparison = comparisons.create(sampleRequest);
    const stray = { ...comparison, columns: comparison.columns.slice(1) };
    expect(() => comparisons.importComparison(stray)).toThrow(failure('file-failed'));
    expect(comparisons.list()).toHaveLength(1);
  });
});
