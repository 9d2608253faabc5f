import { expect, test } from 'vitest';
import { hasEditor, loadDefaultGraph, someTokens } from '../runtime/default-model.ts';
import type { Comparison } from './comparisons.ts';
import { comparisons } from './comparisons.ts';
import { verifyPrompts } from './prompts.ts';
import { openVerifyEngine } from './verify-engine.ts';
import type { ControlName } from './verify-options.ts';
import { parseVerifyOptions } from './verify-options.ts';

/** Real forwards on a machine that may be busy; it takes a tenth of that on one that isn't. */
const patience = 300_000;

/** Every comparison; with a control, up to the first that differs. */
async function compared(parameters: readonly string[], control?: ControlName): Promise<Comparison[]> {
  const options = parseVerifyOptions(parameters);
  const engine = await openVerifyEngine({ ...options, control });
  const found: Comparison[] = [];
  for await (const one of comparisons(engine, options)) {
    found.push(one);
    if (control && !one.equal) break;
  }
  engine.close();
  return found;
}

test('the prompts are enough, and of all kinds', () => {
  expect(verifyPrompts.length).toBeGreaterThanOrEqual(200);
  expect(new Set(verifyPrompts.map(({ kind }) => kind)).size).toBe(7);
  expect(new Set(verifyPrompts.map(({ user }) => user)).size).toBe(verifyPrompts.length);
});

test(
  'speculation on the default model gives the text of plain decoding',
  async () => {
    const found = await compared(['--prompts', '9', '--tokens', '24', '--rotate']);
    expect(found.filter(({ equal }) => !equal)).toEqual([]);
    expect(new Set(found.map(({ proposer, draftLength }) => `${proposer} ${draftLength}`)).size).toBe(27);
    expect(found.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThan(100);
  },
  patience,
);

test.skipIf(!hasEditor)(
  'so it does with the editor',
  async () => {
    const found = await compared(['--prompts', '9', '--tokens', '24', '--rotate', '--adapter']);
    expect(found.filter(({ equal }) => !equal)).toEqual([]);
    expect(found.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThan(100);
  },
  patience,
);

test('a control of the stock graph is none of the adapter’s', () => {
  expect(() => parseVerifyOptions(['--adapter', '--control', 'no-width-rule'])).toThrow(
    'leave --adapter out',
  );
});

const controlled = ['--prompts', '9', '--tokens', '24', '--draft-lengths', '4', '--proposers', 'draft-model'];

test(
  'texts differ with late-rollback (negative control)',
  async () => {
    const found = await compared(controlled, 'late-rollback');
    expect(found.some(({ equal }) => !equal)).toBe(true);
  },
  patience,
);

/** Whether standard kernels compute a single row differently here; otherwise the width rule changes nothing. */
async function loneRowsDiffer(): Promise<boolean> {
  const graph = await loadDefaultGraph('standard');
  const alone = graph.open({ kind: 'exact' });
  const paired = graph.open({ kind: 'paired' });
  let differ = false;
  for (const token of someTokens(12)) {
    const [one] = await alone.forward([token]);
    const [other] = await paired.forward([token]);
    differ ||= one!.some((logit, id) => logit !== other![id]);
  }
  alone.close();
  paired.close();
  graph.release();
  return differ;
}

test(
  'texts differ with no-width-rule, where kernels depend on the width (negative control)',
  async () => {
    const found = await compared(controlled, 'no-width-rule');
    expect(found.some(({ equal }) => !equal)).toBe(await loneRowsDiffer());
  },
  patience,
);
