import { describe, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { StaleCacheSequence } from '../fakes/stale-cache-sequence.ts';
import type { Case, Rules } from './stop-rules.ts';
import { answer, forAll, idsOf, plainOf, speculative, textOf } from './stop-rules.ts';

type Round = Extract<GenerationEvent, { type: 'round' }>;

/** The outcome of the last round of an answer. */
interface LastRound extends Round {
  /** Tokens that it added to the answer. */
  readonly added: number;
}

function lastRoundOf(events: readonly GenerationEvent[]): LastRound | undefined {
  const round = events.filter((event): event is Round => event.type === 'round').at(-1);
  return round && { ...round, added: idsOf(events).length - round.position };
}

/** The answer ended inside a run of accepted tokens: the draft went further. */
const insideRun = {
  // Nothing is accepted after an end token, whatever was proposed there.
  'end token': ({ added, accepted, proposed }: LastRound) =>
    added >= 2 && added === accepted && proposed.length > accepted,
  'stop text': ({ added, accepted }: LastRound) => added >= 2 && added < accepted,
  // No more is proposed than the answer may have: the limit cuts the run before it is read.
  limit: ({ added, accepted, proposed }: LastRound, draftLength: number) =>
    added >= 2 && accepted === proposed.length && accepted < draftLength,
} as const;

/** A stop text of several tokens, the last of which were accepted in one run. */
const splitInsideRun = (round: LastRound, stop: string) => insideRun['stop text'](round) && stop.length > 4;

const sameText = speculative.filter(({ acceptance }) => acceptance === 'same-text');
const plain = (one: Case): Case => ({ ...one, strategy: plainOf(one.strategy) });
const outcomeOf = (events: readonly GenerationEvent[]) => {
  const end = events.at(-1);
  return {
    ids: idsOf(events),
    text: textOf(events),
    reason: end?.type === 'end' ? end.reason : '',
    outputTokens: end?.type === 'end' ? end.statistics.outputTokens : NaN,
  };
};

describe('an end inside a run of accepted tokens', () => {
  test('ends the answer as in plain decoding, for every draft length', async () => {
    const seen = { 'end token': 0, 'stop text': 0, 'split stop text': 0, limit: 0 };
    await forAll(sameText, 1500, async (one, rules) => {
      const events = await answer(one, rules);
      expect(outcomeOf(events)).toEqual(outcomeOf(await answer(plain(one), rules)));
      count(seen, events, one, rules);
    });
    // Each of them occurred repeatedly.
    for (const [what, times] of Object.entries(seen)) expect.soft(times, what).toBeGreaterThan(8);
  }, 120_000);

  test('does not occur if proposals are wrong (negative control of the counts)', async () => {
    const seen = { 'end token': 0, 'stop text': 0, 'split stop text': 0, limit: 0 };
    let proposals = 0;
    // Without a pull the model doesn't repeat the prompt.
    await forAll(sameText, 300, async (one, rules) => {
      const events = await answer({ ...one, pull: -20 }, rules);
      proposals += events.filter(({ type }) => type === 'round').length;
      count(seen, events, one, rules);
    });
    expect(proposals).toBeGreaterThan(100);
    expect(Math.max(...Object.values(seen))).toBeLessThan(10);
  });

  test('detects a cache that drops one token too few (negative control)', async () => {
    let different = 0;
    const rules = { maxTokens: 24 };
    await forAll(sameText, 100, async (found) => {
      // With less pull a proposal is rejected now and then.
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
  switch (outcomeOf(events).reason) {
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
