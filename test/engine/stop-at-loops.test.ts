import { describe, expect, test } from 'vitest';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy, stopsAtLoops, strategyKinds } from '../../src-main/contract/strategy.ts';
import { loopAtEnd } from '../../src-main/contract/text-loop.ts';
import type { Case } from './stop-rules.ts';
import { answer, greedy, idsOf, searches, speculative, stepwise, textOf } from './stop-rules.ts';

const rules = { maxTokens: 260 };
const sampling = { kind: 'sampling', temperature: 0.3, topK: 4, seed: 5 } as const;
const caseOf = (strategy: StrategyInput, seed = 1, pull = 12): Case => ({
  ...{ loop: [0, 3, 5, 7, 9], seed, pull, prompt: [1, 2, 0], strategy },
});

/** `input` with a stop at loops, where its tokens are chosen. */
function stopping(input: StrategyInput): StrategyInput {
  const strategy = parseStrategy(input);
  if ('policy' in strategy && typeof strategy.policy === 'object')
    return { ...strategy, policy: { ...strategy.policy, stopAtLoops: true } };
  return { ...strategy, stopAtLoops: true };
}

async function outcome(one: Case) {
  const events = await answer(one, rules);
  const end = events.at(-1);
  return { ids: idsOf(events), text: textOf(events), reason: end?.type === 'end' ? end.reason : '' };
}

describe('a stop at loops', () => {
  test('can be set on every kind of strategy, and is off by default', () => {
    for (const kind of strategyKinds) {
      expect(stopsAtLoops(parseStrategy({ kind }))).toBe(false);
      expect(stopsAtLoops(parseStrategy(stopping({ kind })))).toBe(true);
    }
  });

  test.each([greedy, sampling, { kind: 'auto' }, { kind: 'contrastive', penalty: 0 }] as StrategyInput[])(
    'ends %j at the first loop, with the same tokens before it',
    async (strategy) => {
      for (let seed = 1; seed <= 20; seed++) {
        const whole = await outcome(caseOf(strategy, seed));
        const cut = await outcome(caseOf(stopping(strategy), seed));
        expect([cut.reason, whole.reason]).toEqual(['loop', 'length']);
        expect(cut.ids).toEqual(whole.ids.slice(0, cut.ids.length));
        expect(loopAtEnd(cut.text)).not.toBeNull();
      }
    },
  );

  test('leaves every kind of speculation the text of its policy', async () => {
    for (const strategy of speculative.filter(({ acceptance }) => acceptance === 'same-text')) {
      for (const seed of [1, 2, 3]) {
        const one = caseOf(stopping(strategy), seed, 8);
        const plain = { ...one, strategy: stopping(strategy.policy) };
        expect(await outcome(one)).toEqual(await outcome(plain));
      }
    }
  }, 60_000);

  test.each(searches)('ends hypotheses of %j', async (strategy) => {
    const { reason, text } = await outcome(caseOf(stopping(strategy), 1, 20));
    expect([reason, loopAtEnd(text) !== null]).toEqual(['loop', true]);
  });

  test('changes nothing of a text without loops', async () => {
    for (const strategy of [...stepwise.slice(0, 6), ...searches]) {
      const one = caseOf(strategy, 4, -20);
      const whole = await answer(one, { maxTokens: 60 });
      const watched = await answer({ ...one, strategy: stopping(strategy) }, { maxTokens: 60 });
      expect(idsOf(watched)).toEqual(idsOf(whole));
    }
  });

  test('isn’t reached by what the prompt repeats as often', async () => {
    const loop = [0, 3, 5, 7, 9];
    const one = { ...caseOf(stopping(greedy)), prompt: [...Array<number[]>(40).fill(loop).flat(), 0] };
    const { reason, ids } = await outcome(one);
    expect([reason, ids.length]).toEqual(['length', 260]);
  });
});
