import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThinnedVersion } from '../../src-main/documents/version-thinning.ts';
import { maximumVersions, versionToRemove } from '../../src-main/documents/version-thinning.ts';

/** Adds a version for each of `losses`, and thins after each; returns what is left. */
function thinned(losses: readonly (number | null)[]): ThinnedVersion[] {
  const versions: ThinnedVersion[] = [];
  losses.forEach((lost, number) => {
    versions.push({ number, lost });
    const index = versionToRemove(versions);
    if (index !== undefined) versions.splice(index, 1);
  });
  return versions;
}

describe('thinned versions', () => {
  it('are all there up to the limit', () => {
    expect(thinned(Array<number>(maximumVersions).fill(0))).toHaveLength(maximumVersions);
  });

  it('never exceed the limit; the oldest and the fifty newest stay', () => {
    const loss = fc.option(fc.integer({ min: 0, max: 500 }), { freq: 4 });
    fc.assert(
      fc.property(fc.array(loss, { minLength: 150, maxLength: 700 }), (losses) => {
        const left = thinned(losses).map(({ number }) => number);
        const newest = losses.map((_, number) => number).slice(-50);
        expect(left.length).toBe(Math.min(losses.length, maximumVersions));
        expect(left[0]).toBe(0);
        expect(left.slice(-50)).toEqual(newest);
      }),
      { numRuns: 40 },
    );
  });

  it('grow sparser with age', () => {
    const left = thinned(Array<number>(5000).fill(0)).map(({ number }) => number);
    const gaps = left.slice(1).map((number, index) => number - left[index]!);
    const mean = (part: readonly number[]) => part.reduce((sum, gap) => sum + gap, 0) / part.length;
    const quarters = [0, 1, 2, 3].map((quarter) => mean(gaps.slice(quarter * 49, (quarter + 1) * 49)));
    expect(quarters[0]).toBeGreaterThan(quarters[1]!);
    expect(quarters[1]).toBeGreaterThan(quarters[2]!);
    expect(quarters[3]).toBeLessThan(1.1);
    expect(Math.max(...gaps)).toBeLessThan(1000);
  });

  it('keep those with text that the next one lacks, as long as others can go', () => {
    const losses = Array.from({ length: 3000 }, (_, number) => (number % 30 === 7 ? 400 : 0));
    const left = new Set(thinned(losses).map(({ number }) => number));
    const precious = losses.flatMap((lost, number) => (lost > 0 ? [number] : []));
    expect(precious.filter((number) => !left.has(number))).toEqual([]);
    // Control: without their losses most of them would be gone.
    const without = new Set(thinned(losses.map(() => 0)).map(({ number }) => number));
    expect(precious.filter((number) => !without.has(number)).length).toBeGreaterThan(50);
  });
});
