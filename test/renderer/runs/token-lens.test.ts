import type { RunToken } from '../../../src-main/contract/run.ts';
import { describe, expect, test } from 'vitest';
import type { InspectedToken } from '../../../src-main/contract/inspection.ts';
import { answerSource } from '../../../src-renderer/state/runs/open-lens.svelte.ts';
import { TokenLens } from '../../../src-renderer/state/runs/token-lens.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { message } from '../sample.ts';

const answer = message({ id: '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e30', parentId: 'q', role: 'assistant' });
const tokenAt = (position: number): RunToken => ({
  position,
  id: position,
  text: `t${position} `,
  logProbability: -1,
  policyLogProbability: 0,
});
const tokens = Array.from({ length: 200 }, (_, position) => tokenAt(position));
const seen = (position: number): InspectedToken => ({
  position,
  id: position,
  text: '',
  logProbability: -0.01,
  rank: position,
  entropy: 1,
  alternatives: [],
  policyAlternatives: [],
  cut: [],
});

function made(kept = tokens, status: 'done' | 'streaming' = 'done') {
  const api = new FakeApi({
    'answer-tokens': () => kept,
    'answer-inspect': ({ first, count }) =>
      Array.from({ length: Math.min(count, kept.length - first) }, (_, index) => seen(first + index)),
  });
  return { api, lens: new TokenLens(answerSource(api, { ...answer, status })) };
}
async function opened(kept = tokens) {
  const { api, lens } = made(kept);
  await lens.load();
  return { api, lens };
}
const asked = (api: FakeApi) =>
  api.asked.filter(({ name }) => name === 'answer-inspect').map(({ argument }) => argument);

describe('the token lens', () => {
  test('reads the stored tokens, without a request to the engine', async () => {
    const { api, lens } = await opened();
    expect(lens.count).toBe(200);
    expect(lens.chunks.flat()).toEqual(tokens);
    expect([lens.loading, lens.at, lens.error]).toEqual([false, null, null]);
    expect(api.countOf('answer-inspect')).toBe(0);
  });

  test('inspects the part around a selected token once', async () => {
    const { api, lens } = await opened();
    await lens.select(70);
    await lens.select(75);
    expect(lens.details(70)?.rank).toBe(70);
    expect(lens.details(3)).toBeUndefined();
    expect(asked(api)).toMatchObject([{ first: 64, count: 16, withPolicy: true }]);
    await lens.select(1000);
    expect(lens.at).toBe(199);
  });

  test('sends one request at a time, and drops obsolete ones', async () => {
    const { api, lens } = await opened();
    await Promise.all([lens.select(0), lens.select(40), lens.select(120)]);
    expect(asked(api)).toMatchObject([{ first: 0 }, { first: 112 }]);
    expect(lens.details(120)?.rank).toBe(120);
  });

  test('inspects the whole answer for ranks, in parts and without the policy', async () => {
    const { api, lens } = await opened();
    await lens.show('rank');
    expect(asked(api)).toMatchObject([
      { first: 0, count: 128, withPolicy: false },
      { first: 128, count: 128, withPolicy: false },
    ]);
    expect([lens.grade(tokens[0]!), lens.grade(tokens[199]!)]).toEqual([0, 4]);
    expect(lens.details(0)).toBeUndefined();
  });

  test('says how far the ranks are computed until all of them are', async () => {
    const { api, lens } = await opened();
    let resolve = () => {};
    const released = new Promise<void>((release) => (resolve = release));
    const inspect = api.handlers['answer-inspect']!;
    api.handlers['answer-inspect'] = async (part) => {
      if (part.first > 0) await released;
      return inspect(part);
    };
    expect(lens.computing).toBeNull();
    const shown = lens.show('rank');
    expect(lens.computing).toEqual({ done: 0, count: 200 });
    expect(lens.grade(tokens[0]!)).toBeUndefined();
    await new Promise((next) => setTimeout(next));
    expect(lens.computing).toEqual({ done: 128, count: 200 });
    expect([lens.grade(tokens[0]!), lens.grade(tokens[199]!)]).toEqual([0, undefined]);
    await lens.show('probability');
    expect(lens.computing).toBeNull();
    await lens.show('rank');
    resolve();
    await shown;
    expect(lens.computing).toBeNull();
  });

  test('shows an error, keeps its results, and can be retried', async () => {
    const { api, lens } = await opened();
    const report = { code: 'engine-busy', message: 'The engine is still writing.', details: {} } as const;
    api.refusals.set('answer-inspect', report);
    await lens.show('entropy');
    expect(lens.error).toEqual(report);
    expect(api.countOf('answer-inspect')).toBe(1);
    expect(lens.count).toBe(200);
    api.refusals.clear();
    await lens.select(0);
    expect(lens.error).toBeNull();
  });

  test('stops when it is closed', async () => {
    const { api, lens } = await opened();
    lens.close();
    await lens.show('rank');
    expect(api.countOf('answer-inspect')).toBe(0);
  });

  test('has no probability of a token that the user chose until the engine has inspected it', async () => {
    const { lens } = await opened([{ ...tokens[0]!, logProbability: NaN }]);
    expect(lens.grade(lens.token(0)!)).toBeUndefined();
    await lens.select(0);
    expect(lens.grade(lens.token(0)!)).toBe(0);
  });
});

describe('the lens on a running answer', () => {
  test('follows its tokens without changing earlier ones, and without a request to the engine', async () => {
    const kept = Array.from({ length: 60 }, (_, position) => ({ ...tokenAt(position), text: 'line\n' }));
    const { api, lens } = made(kept, 'streaming');
    await lens.load();
    const [first] = lens.chunks;
    lens.follow(tokens.slice(0, 80));
    expect(lens.count).toBe(80);
    expect(lens.chunks[0]).toBe(first);
    await lens.select(79);
    await lens.show('rank');
    expect([lens.at, api.countOf('answer-inspect')]).toEqual([79, 0]);
  });

  test('takes over exact figures for approximate ones, in all chunks', async () => {
    const approximate = tokens.map((token) => ({ ...token, approximate: true as const }));
    const { lens } = await opened(approximate);
    const before = lens.chunks;
    lens.follow([...tokens.slice(0, 32).map((token) => ({ ...token, logProbability: -3 }))]);
    expect(lens.chunks.flat().map(({ logProbability }) => logProbability)).toEqual([
      ...Array.from({ length: 32 }, () => -3),
      ...Array.from({ length: 168 }, () => -1),
    ]);
    expect(lens.token(5)?.approximate).toBeUndefined();
    expect(lens.token(40)?.approximate).toBe(true);
    // Chunks without a change keep their identity.
    expect(lens.chunks.slice(1)).toEqual(before.slice(1));
    lens.follow(approximate);
    expect(lens.token(5)?.logProbability).toBe(-3);
  });

  test('grades an approximate token by what the engine finds', async () => {
    const approximate = { ...tokenAt(0), logProbability: -2.5, approximate: true as const };
    const { lens } = await opened([approximate, tokenAt(1)]);
    expect(lens.grade(approximate)).toBe(4);
    await lens.select(0);
    expect(lens.grade(approximate)).toBe(0);
    expect(lens.grade(tokenAt(1))).toBe(2);
  });

  test('loads the tokens it has missed', async () => {
    const { api, lens } = made(tokens.slice(0, 20), 'streaming');
    await lens.load();
    expect(lens.count).toBe(20);
    api.handlers['answer-tokens'] = () => tokens.slice(0, 41);
    lens.follow(tokens.slice(40, 44));
    await new Promise((resolve) => setTimeout(resolve));
    lens.follow(tokens.slice(40, 46));
    expect(lens.chunks.flat().map(({ position }) => position)).toEqual(
      tokens.slice(0, 46).map(({ position }) => position),
    );
  });

  test('inspects it once it has ended', async () => {
    const { api, lens } = made(tokens, 'streaming');
    await lens.load();
    await lens.select(5);
    expect(lens.details(5)).toBeUndefined();
    await lens.settle();
    expect(lens.details(5)?.rank).toBe(5);
    expect(api.countOf('answer-tokens')).toBe(2);
  });
});
