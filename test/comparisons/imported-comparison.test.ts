import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Comparison } from '../../src-main/contract/comparison.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { anyComparison, sampleRequest } from './comparison-samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** New stores, closed when the test ends. */
function newStores() {
  const stores = openRecording(newFile());
  onTestFinished(() => stores.close());
  return stores;
}

/** `comparison` without its ids; runs refer to their column by index. */
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
  it('equals the original in every field except the ids, which are new', () => {
    const { comparisons } = newStores();
    fc.assert(
      fc.property(anyComparison, (original) => {
        const imported = comparisons.import(original);
        expect(comparisons.open(imported.id)).toEqual(imported);
        expect(withoutIds(imported)).toEqual(withoutIds(original));
        const known = new Set(idsOf(original));
        expect(idsOf(imported).filter((id) => known.has(id))).toEqual([]);
        comparisons.remove(imported.id);
      }),
      { numRuns: 100 },
    );
  });

  it('into the database it came from is a second comparison', () => {
    const { comparisons } = newStores();
    const first = comparisons.create(sampleRequest);
    const second = comparisons.import(first);
    expect(withoutIds(second)).toEqual(withoutIds(first));
    expect(comparisons.open(first.id)).toEqual(first);
    const changed = comparisons.import({ ...first, notes: 'Another' });
    expect(withoutIds(changed)).not.toEqual(withoutIds(first));
  });

  it('has no running run, since no engine writes it here', () => {
    const stores = newStores();
    const { comparisons } = stores;
    const comparison = comparisons.create(sampleRequest);
    stores.record(comparison.runs[0]?.id ?? '').abandon();
    const imported = comparisons.import(comparisons.open(comparison.id));
    expect(imported.runs[0]?.status).toBe('interrupted');
  });

  it('is rejected as a whole if a run belongs to no column', () => {
    const { comparisons } = newStores();
    const comparison = comparisons.create(sampleRequest);
    const stray = { ...comparison, columns: comparison.columns.slice(1) };
    expect(() => comparisons.import(stray)).toThrow(failure('file-failed'));
    expect(comparisons.list()).toHaveLength(1);
  });
});
