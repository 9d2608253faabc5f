import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadDefaultModel } from './default-model.ts';

let model: LoadedModel;
beforeAll(async () => {
  model = await loadDefaultModel();
});
afterAll(() => model.close());

const prompt = { messages: [{ role: 'user', content: 'Describe a market square in the morning.' }] } as const;

async function answer(strategy: ReturnType<typeof parseStrategy>): Promise<TokenEvent[]> {
  const events: TokenEvent[] = [];
  const request = { prompt, strategy, maxTokens: 48, stopTexts: [], alternatives: 5 } as const;
  for await (const event of model.generate(request, new AbortController().signal)) {
    if (event.type === 'token') events.push(event);
  }
  return events;
}

const inputs: readonly StrategyInput[] = [
  { kind: 'greedy' },
  { kind: 'sampling', seed: 8, topK: 30, repetitionPenalty: 1.1 },
  { kind: 'sampling', seed: 2, mirostatTarget: 4 },
  { kind: 'auto', policy: { kind: 'sampling', seed: 3 } },
];

describe.each(inputs.map((input) => ({ name: JSON.stringify(input), input })))(
  'an answer of $name',
  ({ input }) => {
    test('is inspected with the numbers that it was written with', async () => {
      const strategy = parseStrategy(input);
      const events = await answer(strategy);
      const tokens = events.map(({ id }) => id);
      const request = { prompt, strategy, tokens, alternatives: 5 };
      const found = await model.inspect({ ...request, first: 0, count: tokens.length });
      const comparable = ({
        position,
        id,
        logProbability,
        alternatives,
        policyAlternatives,
      }: TokenEvent) => ({
        position,
        id,
        logProbability,
        alternatives,
        policyAlternatives,
      });
      expect(
        found.map(({ position, id, logProbability, alternatives, policyAlternatives }) => ({
          position,
          id,
          logProbability,
          alternatives,
          policyAlternatives,
        })),
      ).toEqual(events.map(comparable));
      for (const { rank, entropy, alternatives, policyAlternatives, cut, id } of found) {
        expect(entropy).toBeGreaterThanOrEqual(0);
        if (rank < 5) expect(alternatives[rank]?.id).toBe(id);
        // Cut tokens are not in the policy's list; the others are, if the list has room.
        const after = policyAlternatives.map((alternative) => alternative.id);
        expect(cut.filter((token) => after.includes(token))).toEqual([]);
        if (after.length < 5) expect(alternatives.length - cut.length).toBeLessThanOrEqual(after.length);
      }
      const part = await model.inspect({ ...request, first: 7, count: 3 });
      expect(part).toEqual(found.slice(7, 10));
      const [alone] = await model.inspect({ ...request, first: 7, count: 1, withPolicy: false });
      expect(alone).toEqual({ ...found[7]!, policyAlternatives: [], cut: [] });
    });
  },
);

test('another prompt gives other numbers (negative control)', async () => {
  const strategy = parseStrategy({ kind: 'greedy' });
  const events = await answer(strategy);
  const other = { messages: [{ role: 'user', content: 'Describe a harbour.' }] } as const;
  const tokens = events.map(({ id }) => id);
  const found = await model.inspect({ prompt: other, strategy, tokens, first: 0, count: 4, alternatives: 0 });
  expect(found.map(({ logProbability }) => logProbability)).not.toEqual(
    events.slice(0, 4).map(({ logProbability }) => logProbability),
  );
});

test('tokens of another model are rejected', async () => {
  const strategy = parseStrategy({ kind: 'greedy' });
  await expect(
    model.inspect({ prompt, strategy, tokens: [5, 60_000], first: 0, count: 2, alternatives: 0 }),
  ).rejects.toThrow('token 60000');
});
