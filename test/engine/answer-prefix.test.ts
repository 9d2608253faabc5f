import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GenerationEvent, TokenEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { generate } from '../../src-main/engine/generate.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import { HashModel, letters, tokens } from '../fakes/hash-model.ts';

const policies: readonly StrategyInput[] = [
  { kind: 'greedy', repetitionPenalty: 1.3, minimumLength: 6 },
  { kind: 'sampling', seed: 4, temperature: 1.3, topK: 12, presencePenalty: 0.5, xtcProbability: 0.5 },
];
const strategies: readonly StrategyInput[] = policies.flatMap((policy) => [
  policy,
  { kind: 'speculative', draftLength: 3, policy } as StrategyInput,
  { kind: 'auto', policy } as StrategyInput,
]);

async function answer(
  strategy: StrategyInput,
  answerPrefix: readonly TokenId[],
  maxTokens: number,
): Promise<GenerationEvent[]> {
  const model = new HashModel();
  const events: GenerationEvent[] = [];
  for await (const event of generate({
    model,
    sequence: model.open(),
    prompt: tokens(1, 2, 3, 1, 2),
    answerPrefix,
    vocabulary: letters,
    strategy: parseStrategy(strategy),
    maxTokens,
    stopTexts: [],
    alternatives: 2,
    signal: { aborted: false },
    now: () => 0,
  })) {
    events.push(event);
  }
  return events;
}

/** Without origins: a run that starts later has proposed less. */
const tokensOf = (events: readonly GenerationEvent[]) =>
  events.filter((event): event is TokenEvent => event.type === 'token').map(({ origin: _, ...rest }) => rest);

test('an answer cut at any token continues as if it had not been cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...strategies),
      fc.integer({ min: 1, max: 19 }),
      async (strategy, cut) => {
        const whole = tokensOf(await answer(strategy, [], 20));
        const kept = whole.slice(0, cut).map(({ id }) => id as TokenId);
        expect(tokensOf(await answer(strategy, kept, 20 - cut))).toEqual(whole.slice(cut));
      },
    ),
    { numRuns: 60 },
  );
});

test('positions count from the start of the answer, new tokens towards the limit', async () => {
  const events = await answer({ kind: 'greedy' }, tokens(5, 6, 7), 4);
  expect(tokensOf(events).map(({ position }) => position)).toEqual([3, 4, 5, 6]);
  expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'length', statistics: { outputTokens: 4 } });
});

test('the prefix counts as the answer, not as the prompt (negative control)', async () => {
  const strategy: StrategyInput = { kind: 'greedy', minimumLength: 6, presencePenalty: 2 };
  const whole = tokensOf(await answer(strategy, [], 20));
  const kept = whole.slice(0, 5).map(({ id }) => id as TokenId);
  const model = new HashModel();
  const asPrompt: number[] = [];
  for await (const event of generate({
    model,
    sequence: model.open(),
    prompt: [...tokens(1, 2, 3, 1, 2), ...kept],
    vocabulary: letters,
    strategy: parseStrategy(strategy),
    maxTokens: 15,
    stopTexts: [],
    alternatives: 0,
    signal: { aborted: false },
    now: () => 0,
  })) {
    if (event.type === 'token') asPrompt.push(event.id);
  }
  expect(asPrompt).not.toEqual(whole.slice(5).map(({ id }) => id));
});
