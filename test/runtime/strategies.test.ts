import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadDefaultModel } from './default-model.ts';

let model: LoadedModel;
beforeAll(async () => {
  model = await loadDefaultModel();
});
afterAll(() => model.close());

const every: readonly StrategyInput[] = [
  { kind: 'auto' },
  { kind: 'greedy' },
  { kind: 'sampling', seed: 3 },
  { kind: 'speculative' },
  { kind: 'beam', width: 3 },
  { kind: 'candidate-set', candidates: 2, alternatives: 2, tokensPerRound: 3 },
  { kind: 'contrastive' },
];

interface Options {
  readonly maxTokens?: number;
  readonly stopTexts?: readonly string[];
  /** Stops after this many tokens. */
  readonly stopAfter?: number;
}

async function answer(
  prompt: string,
  input: StrategyInput,
  options: Options = {},
): Promise<GenerationEvent[]> {
  const abort = new AbortController();
  const request = {
    prompt: { messages: [{ role: 'user', content: prompt }] },
    strategy: parseStrategy(input),
    maxTokens: options.maxTokens ?? 32,
    stopTexts: options.stopTexts ?? [],
    alternatives: 2,
  } as const;
  const events: GenerationEvent[] = [];
  let tokens = 0;
  for await (const event of model.generate(request, abort.signal)) {
    events.push(event);
    if (event.type === 'token' && ++tokens === options.stopAfter) abort.abort();
  }
  return events;
}

const idsOf = (events: readonly GenerationEvent[]) =>
  events.flatMap((event) => (event.type === 'token' ? [event.id] : []));
const textOf = (events: readonly GenerationEvent[]) =>
  events.map((event) => (event.type === 'token' ? event.text : '')).join('');
function endOf(events: readonly GenerationEvent[]) {
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('the last event is not end');
  return end;
}

describe.each(every)('$kind', (input) => {
  test('reports every token once, with matching statistics', async () => {
    const events = await answer('Name three rivers.', input);
    const { statistics } = endOf(events);
    const tokens = events.filter((event) => event.type === 'token');
    expect(tokens.map(({ position }) => position)).toEqual(tokens.map((_, index) => index));
    expect(statistics.outputTokens).toBe(tokens.length);
    expect(statistics.logProbabilitySum).toBeCloseTo(
      tokens.reduce((sum, { logProbability }) => sum + logProbability, 0),
      6,
    );
    for (const { alternatives, logProbability } of tokens) {
      expect(alternatives).toHaveLength(2);
      expect(logProbability).toBeLessThanOrEqual(0);
    }
  });

  test('respects the maximum length', async () => {
    const events = await answer('Write a long story about the sea.', input, { maxTokens: 9 });
    expect(idsOf(events)).toHaveLength(9);
    expect(endOf(events).reason).toBe('length');
  });

  test('ends at a stop text, which is not part of the answer', async () => {
    const whole = textOf(await answer('Write a story about the sea.', input, { maxTokens: 24 }));
    const stop = whole.slice(20, 24);
    const events = await answer('Write a story about the sea.', input, { maxTokens: 24, stopTexts: [stop] });
    expect(textOf(events)).not.toContain(stop);
    expect(endOf(events).reason).toBe('stop-text');
  });

  test('can be stopped', async () => {
    const events = await answer('Write a story about the sea.', input, { maxTokens: 64, stopAfter: 3 });
    expect(endOf(events).reason).toBe('stopped');
    expect(idsOf(events).length).toBeLessThan(40);
  });

  test('is deterministic', async () => {
    const one = await answer('Describe a forest.', input, { maxTokens: 20 });
    expect(idsOf(await answer('Describe a forest.', input, { maxTokens: 20 }))).toEqual(idsOf(one));
  });
});

describe('speculation', () => {
  const prompt =
    'Repeat word for word: The old lighthouse keeper climbed the stairs and lit the lamp, as every evening.';

  test.each([1, 4, 8, 'adaptive'] as const)(
    'with draft length %s gives the text of plain decoding',
    async (draftLength) => {
      for (const policy of [
        { kind: 'greedy' },
        { kind: 'sampling', seed: 5, repetitionPenalty: 1.1 },
      ] as const) {
        const plain = await answer(prompt, policy, { maxTokens: 48 });
        const ahead = await answer(prompt, { kind: 'speculative', draftLength, policy }, { maxTokens: 48 });
        expect(idsOf(ahead)).toEqual(idsOf(plain));
      }
    },
  );

  test('proposals are accepted if the answer repeats the prompt', async () => {
    const events = await answer(prompt, { kind: 'speculative', draftLength: 8 }, { maxTokens: 48 });
    const { acceptedTokens = 0, proposedTokens = 0, forwards, outputTokens } = endOf(events).statistics;
    expect(acceptedTokens).toBeGreaterThan(8);
    expect(acceptedTokens).toBeLessThanOrEqual(proposedTokens);
    expect(forwards).toBeLessThan(outputTokens);
    const rounds = events.filter((event) => event.type === 'round');
    expect(rounds.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(acceptedTokens);
  });
});

test('beam search reports its results, the first of which is the answer', async () => {
  const events = await answer('Name a colour.', { kind: 'beam', width: 4, best: 3 });
  const results = events.find((event) => event.type === 'hypotheses')?.hypotheses ?? [];
  expect(results).toHaveLength(3);
  expect(results[0]!.text.startsWith(textOf(events))).toBe(true);
  expect([...results].sort((one, other) => other.score - one.score)).toEqual(results);
});

test.each([
  { text: '', ratio: 3, extra: 5, tokens: 5 },
  { text: 'The cat sat on the mat.', ratio: 1, extra: 0, tokens: 7 },
  { text: 'The cat sat on the mat.', ratio: 1.3, extra: 2, tokens: 12 },
  { text: 'The cat sat on the mat.', ratio: 9, extra: 0, tokens: 20 },
])('a length bound of $ratio times $text and $extra allows $tokens tokens', async ({ tokens, ...bound }) => {
  const request = {
    prompt: { messages: [{ role: 'user', content: 'Write a story about the sea.' }] },
    strategy: parseStrategy({ kind: 'greedy' }),
    ...{ maxTokens: 20, stopTexts: [], alternatives: 0, lengthBound: bound },
  } as const;
  const events: GenerationEvent[] = [];
  for await (const event of model.generate(request, new AbortController().signal)) events.push(event);
  expect([idsOf(events).length, endOf(events).reason]).toEqual([tokens, 'length']);
});

test('the card estimates how many parameters the model has', () => {
  expect(model.card.parameters / 134.5e6).toBeCloseTo(1, 1);
});

test('a loop ends greedy decoding and speculation after the same tokens, which plain decoding has, too', async () => {
  const content =
    'Rewrite this text in a formal tone:\n\nHey, just wanted to let you guys know that the meeting’s off on Friday, cause the boss is sick. We’ll figure out a new date next week, no worries.';
  const run = (input: StrategyInput) => answer(content, input, { maxTokens: 320 });
  const stopping = { kind: 'greedy', stopAtLoops: true } as const;
  const greedy = await run(stopping);
  const others = [
    { kind: 'auto', policy: stopping },
    { kind: 'speculative', policy: stopping },
  ] as const;
  expect(endOf(greedy).reason).toBe('loop');
  for (const other of others) {
    const events = await run(other);
    expect([idsOf(events), endOf(events).reason]).toEqual([idsOf(greedy), 'loop']);
  }
  const plain = await run({ kind: 'greedy' });
  expect(idsOf(plain).length).toBeGreaterThan(idsOf(greedy).length);
  expect(idsOf(plain).slice(0, idsOf(greedy).length)).toEqual(idsOf(greedy));
}, 120_000);
