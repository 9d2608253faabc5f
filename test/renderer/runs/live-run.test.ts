import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SearchStep, SpeculationRound } from '../../../src-main/contract/generation.ts';
import { LiveRun } from '../../../src-renderer/state/runs/live-run.svelte.ts';
import {
  comparisonId,
  ofColumn,
  streaming as streamingColumn,
  tokenEvent,
} from '../compare/sample-comparison.ts';

const streaming = (columnId: string) => ofColumn(comparisonId, streamingColumn(columnId));
const round = (position: number, accepted: number): SpeculationRound => ({
  type: 'round',
  position,
  source: 'prompt-lookup',
  proposed: ['a', 'b', 'c'],
  accepted,
  draftMs: 1,
  verifyMs: 2,
});
const step = (text: string): SearchStep => ({
  type: 'beam-step',
  nodes: [{ parent: 0, text, logProbabilitySum: -1, score: -1, fate: 'live' }],
});

test('text grows by tokens, and stats with it', () => {
  let now = 0;
  const live = new LiveRun(streaming('a'), () => now);
  now = 1000;
  live.apply([round(0, 2), tokenEvent(0, 'One'), tokenEvent(1, ' two'), tokenEvent(2, ' three')]);
  expect(live.text).toBe('One two three');
  expect(live.stats).toMatchObject({
    outputTokens: 3,
    overallSpeed: 3,
    firstTokenMs: 1000,
    forwards: 1,
    proposed: 3,
    accepted: 2,
    logProbabilitySum: -3,
    logProbabilityMean: -1,
  });
  now = 1400;
  live.apply([tokenEvent(3, ' four')]);
  expect(live.stats).toMatchObject({ outputTokens: 4, forwards: 2 });
  expect(live.snapshot.text).toBe('One two three four');
});

test('stats are refreshed every 250 ms, the text with each batch', () => {
  let now = 0;
  const live = new LiveRun(streaming('a'), () => now);
  live.apply([tokenEvent(0, 'One')]);
  now = 10;
  live.apply([tokenEvent(1, ' two')]);
  expect([live.text, live.stats.outputTokens]).toEqual(['One two', 1]);
});

test('a preview can be replaced and is not part of the text', () => {
  const live = new LiveRun(streaming('a'), () => 0);
  live.apply([step('sea'), { type: 'preview', text: 'the sea' }]);
  live.apply([step('lake'), { type: 'preview', text: 'the lake' }]);
  expect([live.text, live.preview]).toEqual(['', 'the lake']);
});

test('a reloaded window counts no event twice, whatever main had saved', () => {
  const events = Array.from({ length: 12 }, (_, index) => [
    step(String(index)),
    tokenEvent(index, ` ${index}`),
  ]).flat();
  const whole = new LiveRun(streaming('a'), () => 0);
  whole.apply(events);
  let late = 1_000_000;
  fc.assert(
    fc.property(fc.nat(events.length), fc.nat(8), (read, again) => {
      const before = events.slice(0, read);
      const tokens = before.flatMap((event) => (event.type === 'token' ? [event] : []));
      const trace = before.flatMap((event) => (event.type === 'beam-step' ? [event] : []));
      const text = tokens.map((token) => token.text).join('');
      const live = new LiveRun({ ...streaming('a'), tokens, trace, text }, () => (late += 1000));
      // The last batch pushed may overlap the reply.
      live.apply(events.slice(Math.max(0, read - again)));
      live.apply([]);
      expect(live.text).toBe(whole.text);
      expect(live.snapshot.trace).toEqual(events.filter(({ type }) => type === 'beam-step'));
    }),
  );
});

test('new figures replace approximate ones, also where the first tokens are unknown', () => {
  const { tokens: _tokens, trace: _trace, ...read } = { ...streaming('a'), text: 'Once' };
  for (const run of [streaming('a'), read]) {
    let now = 0;
    const live = new LiveRun(run, () => (now += 1000));
    const first = 'tokens' in run ? 0 : 4;
    const written = [0, 1, 2].map((place) => ({
      ...tokenEvent(first + place, ' a'),
      approximate: true as const,
    }));
    live.apply(written);
    expect(live.stats.approximate).toBe(true);
    live.apply([
      { type: 'rescored', position: first, tokens: written.map(() => ({ logProbability: -0.5 })) },
    ]);
    expect(live.stats).toMatchObject({ approximate: false, logProbabilitySum: -1.5 });
    expect([live.batches, live.tokens.length, live.trace]).toEqual([2, 3, []]);
  }
});

test('the speed is measured after the first batch', () => {
  let now = 0;
  const live = new LiveRun(streaming('a'), () => now);
  live.apply([{ type: 'prompt-progress', done: 64, total: 100 }]);
  expect([live.promptDone, live.promptTotal]).toEqual([64, 100]);
  now = 250;
  live.apply([tokenEvent(0, 'Once')]);
  expect([live.stats.firstTokenMs, live.stats.tokensPerSecond]).toEqual([250, null]);
  now = 350;
  live.apply([tokenEvent(1, ' upon')]);
  expect([live.text, live.stats.outputTokens]).toEqual(['Once upon', 1]);
  now = 750;
  live.apply([tokenEvent(2, ' a')]);
  expect([live.text, live.stats.outputTokens, live.batches]).toEqual(['Once upon a', 3, 3]);
  expect(live.stats.tokensPerSecond).toBeCloseTo(4);
});

test('a run loaded without its tokens continues from its text', () => {
  const { tokens: _tokens, trace: _trace, ...read } = { ...streaming('a'), text: 'Once upon' };
  const live = new LiveRun(read, () => 0);
  live.apply([tokenEvent(2, ' a'), tokenEvent(2, ' a')]);
  expect([live.text, live.stats.firstTokenMs]).toEqual(['Once upon a', null]);
});
