import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { builtInActions } from '../../src-renderer/state/documents/actions.ts';
import { loadDefaultModel } from '../runtime/default-model.ts';
import { faultsOf, rewritten, type Rewritten } from './rewrite-checks.ts';
import { rewritePassages } from './rewrite-passages.ts';

let model: LoadedModel;
beforeAll(async () => {
  model = await loadDefaultModel();
});
afterAll(() => model.close());

/** A part of `test/verify/rewrites.ts`: the passages that led to remarks, loops and cut texts. */
const cases = [
  ['grammar', 0],
  ['grammar', 1],
  ['shorten', 4],
  ['formal', 5],
  ['friendly', 6],
  ['chinese', 8],
  ['summarise', 38],
] as const;

describe('a rewrite by the bundled model', () => {
  test.each(cases)('%s of passage %d has no remark or loop and keeps to its bound', async (id, place) => {
    const action = builtInActions.find((one) => one.id === id)!;
    expect(faultsOf(await rewritten(model, action, rewritePassages[place]!))).toEqual([]);
  });

  test('is checked: faults are found (negative control)', () => {
    const base: Rewritten = {
      ...{ action: 'grammar', passage: 'A cup.', answer: '', text: 'Cups.', removed: [], outcome: 'fine' },
      ...{ doubts: [], endReason: 'end-token', tokens: 3, bound: 9, events: [], ms: 1 },
    };
    expect(faultsOf(base)).toEqual([]);
    const wrong: readonly Partial<Rewritten>[] = [
      { tokens: 10 },
      { text: 'Here is the corrected text:\n\nCups.' },
      { text: 'Cups.\n\nI hope this helps!' },
      { text: 'The cup is on the table. '.repeat(20) },
      { endReason: 'loop' },
      { text: 'A line of words.\n'.repeat(3) },
    ];
    for (const part of wrong) expect(faultsOf({ ...base, ...part }), JSON.stringify(part)).toHaveLength(1);
    // A harmful text is withheld, whatever it says.
    expect(faultsOf({ ...base, text: 'Sure! Cups.', outcome: 'harmful' })).toEqual([]);
  });
});
