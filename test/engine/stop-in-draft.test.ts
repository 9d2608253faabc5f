import { describe, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { StaleCacheSequence } from '../fakes/stale-cache-sequence.ts';
import type { Case, Rules } from './stop-rules.ts';
import { answer, forAll, idsOf, plainOf, speculative, textOf } from './stop-rules.ts';

type Round = Extract<GenerationEvent, { type: 'round' }>;

/** What became of the last round of an answer. */
interface LastRound extends Round {
  /** Tokens of the answer that it gave. */
  readonly told: number;
}

function lastRoundOf(events: readonly GenerationEvent[]): LastRound | undefined {
  const round = events.filter((event): event is Round => event.type === 'round').at(-1);
  return round && { ...round, told: idsOf(events).length - round.position };
}

/** What ended the answer lay inside a run of guesses that were right: there were more of them behind it. */
const insideRun = {
  // Nothing is accepted behind an end token, whatever was guessed there.
  'end token': ({ told, accepted, proposed }: LastRound) =>
    told >= 2 && told === accepted && proposed.length > accepted,
  'stop text': ({ told, accepted }: LastRound) => told >= 2 && told < accepted,
  // No more is guessed than may be told: the limit cuts the run before it is read.
  limit: ({ told, accepted, proposed }: LastRound, draftLength: number) =>
    told >= 2 && accepted === proposed.length && accepted < draftLength,
} as const;

/** A stop text of several tokens, the last of which were guessed in one run. */
const splitInsideRun = (round: LastRound, stop: string) => insideRun['stop text'](round) && stop.length > 4;

const sameText = speculative.filter(({ acceptance }) => acceptance === 'same-text');
const plain = (one: Case): Case => ({ ...one, strategy: plainOf(one.strategy) });
const told = (events: readonly GenerationEvent[]) => {
  const end = events.at(-1);
  return {
    ids: idsOf(events),
    text: textOf(events),
    reason: end?.type === 'end' ? end.reason : '',
    outputTokens: end?.type === 'end' ? end.statistics.outputTokens : NaN,
  };
};

describe('what ends an answer inside a run of accepted guesses', () => {
  test('ends it as in plain decoding, for every draftLength', async () => {
    const seen = { 'end token': 0, 'stop text': 0, 'split stop text': 0, limit: 0 };
    await forAll(sameText, 1500, async (one, rules) => {
      const events = await answer(one, rules);
      expect(told(events)).toEqual(told(await answer(plain(one), rules)));
      count(seen, events, one, rules);
    });
    // It happened, each of them again and again.
    for (const [what, times] of Object.entries(seen)) expect.soft(times, what).toBeGreaterThan(8);
  }, 120_000);

  test('does not happen where guesses are wrong (control of the counts)', async () => {
    const seen = { 'end token': 0, 'stop text': 0, 'split stop text': 0, limit: 0 };
    let guessed = 0;
    // Without a pull the model doesn't repeat what it is asked to.
    await forAll(sameText, 300, async (one, rules) => {
      const events = await answer({ ...one, pull: -20 }, rules);
      guessed += events.filter(({ type }) => type === 'round').length;
      count(seen, events, one, rules);
    });
    expect(guessed).toBeGreaterThan(100);
    expect(Math.max(...Object.values(seen))).toBeLessThan(10);
  });

  test('shows a cache that forgets one token too few (negative control)', async () => {
    let different = 0;
    const rules = { maxTokens: 24 };
    await forAll(sameText, 100, async (found) => {
      // With less pull a guess is refused now and then.
      const one = { ...found, pull: 5 };
      const spoilt = await answer(one, rules, (sequence) => new StaleCacheSequence(sequence));
      if (idsOf(spoilt).join() !== idsOf(await answer(plain(one), rules)).join()) different++;
    });
    expect(different).toBeGreaterThan(5);
  });
});

function count(
  seen: Record<keyof typeof insideRun | 'split stop text', number>,
  events: readonly GenerationEvent[],
  { strategy }: Case,
  { stopTexts = [] }: Rules,
): void {
  const round = lastRoundOf(events);
  const draftLength =
    strategy.kind === 'speculative' && typeof strategy.draftLength === 'number' ? strategy.draftLength : 0;
  if (!round) return;
  switch (told(events).reason) {
    case 'end-token':
      if (insideRun['end token'](round)) seen['end token']++;
      return;
    case 'stop-text':
      if (insideRun['stop text'](round)) seen['stop text']++;
      if (stopTexts.every((stop) => splitInsideRun(round, stop))) seen['split stop text']++;
      return;
    default:
      if (insideRun.limit(round, draftLength)) seen.limit++;
  }
}
