import { describe, expect, test } from 'vitest';
import type { InspectedToken } from '../../../src-main/contract/inspection.ts';
import { TokenLens } from '../../../src-renderer/state/token-lens.svelte.ts';
import { FakeApi } from '../fake-api.ts';

const answer = {
  conversationId: '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f',
  messageId: '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e30',
};
const tokens = Array.from({ length: 100 }, (_, position) => ({
  position,
  id: position,
  text: `t${position} `,
  logProbability: -1,
  policyLogProbability: 0,
}));
const seen = (position: number): InspectedToken => ({
  position,
  id: position,
  text: '',
  logProbability: -1,
  rank: position,
  entropy: 1,
  alternatives: [],
  policyAlternatives: [],
  cut: [],
});

async function opened() {
  const api = new FakeApi({
    'answer-tokens': () => tokens,
    'answer-inspect': ({ first, count }) =>
      Array.from({ length: Math.min(count, tokens.length - first) }, (_, index) => seen(first + index)),
  });
  const lens = new TokenLens(api, answer);
  await lens.open();
  return { api, lens };
}

describe('the token lens', () => {
  test('reads the kept tokens, and asks the engine for nothing', async () => {
    const { api, lens } = await opened();
    expect(lens.tokens).toHaveLength(100);
    expect([lens.loading, lens.at, lens.error]).toEqual([false, null, null]);
    expect(api.countOf('answer-inspect')).toBe(0);
  });

  test('has the engine look at the part around a chosen token, once', async () => {
    const { api, lens } = await opened();
    await lens.select(70);
    await lens.select(75);
    expect(lens.inspected(70)?.rank).toBe(70);
    expect(lens.inspected(3)).toBeUndefined();
    expect(api.countOf('answer-inspect')).toBe(1);
    await lens.select(1000);
    expect(lens.at).toBe(99);
  });

  test('looks at the whole answer for ranks, in parts', async () => {
    const { api, lens } = await opened();
    await lens.show('rank');
    expect(api.countOf('answer-inspect')).toBe(2);
    expect(lens.inspected(99)?.rank).toBe(99);
  });

  test('says what went wrong, keeps what it has, and can be asked again', async () => {
    const { api, lens } = await opened();
    const report = { code: 'engine-busy', message: 'The engine is still writing.', details: {} } as const;
    api.refusals.set('answer-inspect', report);
    await lens.show('entropy');
    expect(lens.error).toEqual(report);
    expect(api.countOf('answer-inspect')).toBe(1);
    expect(lens.tokens).toHaveLength(100);
    api.refusals.clear();
    await lens.select(0);
    expect(lens.error).toBeNull();
  });

  test('leaves off when it is closed', async () => {
    const { api, lens } = await opened();
    lens.close();
    await lens.show('rank');
    expect(api.countOf('answer-inspect')).toBe(0);
  });
});
