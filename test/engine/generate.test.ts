import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GenerationEvent, TokenEvent } from '../../src-main/contract/generation.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { argmax, logSumExp } from '../../src-main/engine/distribution.ts';
import type { GenerationInput } from '../../src-main/engine/generate.ts';
import { generate } from '../../src-main/engine/generate.ts';
import { align } from '../../src-main/engine/model.ts';
import { prefillChunk } from '../../src-main/engine/prefill.ts';
import { HashModel, letters, token, tokens } from '../fakes/hash-model.ts';

function inputOf(model: HashModel, changes: Partial<GenerationInput> = {}): GenerationInput {
  return {
    model,
    sequence: model.open(),
    prompt: tokens(1, 2, 3),
    vocabulary: letters,
    strategy: { kind: 'greedy' },
    maxTokens: 20,
    stopTexts: [],
    alternatives: 0,
    signal: { aborted: false },
    now: () => 0,
    ...changes,
  };
}

async function collect(input: GenerationInput): Promise<GenerationEvent[]> {
  const events: GenerationEvent[] = [];
  for await (const event of generate(input)) events.push(event);
  return events;
}

const tokenEvents = (events: readonly GenerationEvent[]) =>
  events.filter((event): event is TokenEvent => event.type === 'token');
const idsOf = (events: readonly GenerationEvent[]) => tokenEvents(events).map((event) => event.id);
const endOf = (events: readonly GenerationEvent[]) => {
  const last = events.at(-1);
  if (last?.type !== 'end') throw new Error('the last event is not end');
  return last;
};

describe('generate', () => {
  test('greedy takes the argmax after the whole prefix, and reports its log-probability', async () => {
    const model = new HashModel();
    const events = await collect(inputOf(model));
    const context = tokens(1, 2, 3);
    let sum = 0;
    for (const event of tokenEvents(events)) {
      const logits = model.logitsAfter(context);
      expect(event.id).toBe(argmax(logits));
      expect(event.logProbability).toBeCloseTo(logits[event.id]! - logSumExp(logits), 9);
      expect(event.policyLogProbability).toBe(0);
      context.push(token(event.id));
      sum += event.logProbability;
    }
    const { reason, statistics } = endOf(events);
    expect(reason).toBe('length');
    expect(statistics).toMatchObject({ promptTokens: 3, reusedTokens: 0, outputTokens: 20, forwards: 20 });
    expect(statistics.logProbabilitySum).toBeCloseTo(sum, 9);
    expect(statistics.perplexity).toBeCloseTo(Math.exp(-sum / 20), 9);
  });

  test('the text of a seed is the same again, in pieces or from a cache that held something else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 300 }),
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 0, max: 4294967295 }),
        async (first, second, seed) => {
          const model = new HashModel();
          const strategy = parseStrategy({ kind: 'sampling', temperature: 1.3, seed });
          const sequence = model.open();
          await collect(inputOf(model, { sequence, prompt: tokens(...first), strategy }));
          const reused = await collect(inputOf(model, { sequence, prompt: tokens(...second), strategy }));
          const fresh = await collect(inputOf(model, { prompt: tokens(...second), strategy }));
          expect(idsOf(reused)).toEqual(idsOf(fresh));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('another seed gives another text (negative control)', async () => {
    const model = new HashModel();
    const text = async (seed: number) =>
      idsOf(await collect(inputOf(model, { strategy: parseStrategy({ kind: 'sampling', seed }) })));
    expect(await text(1)).not.toEqual(await text(2));
  });

  test('ends at an end token, which is counted and has no text', async () => {
    const plain = idsOf(await collect(inputOf(new HashModel())));
    const endToken = plain[5]!;
    const events = await collect(inputOf(new HashModel({ endTokens: [endToken] })));
    const first = plain.indexOf(endToken);
    expect(idsOf(events)).toEqual(plain.slice(0, first + 1));
    expect(tokenEvents(events).at(-1)?.text).toBe('');
    expect(endOf(events).reason).toBe('end-token');
  });

  test('ends at a stop text, which is not part of the answer', async () => {
    const plain = tokenEvents(await collect(inputOf(new HashModel())))
      .map((event) => event.text)
      .join('');
    const stop = plain.slice(4, 7);
    const events = await collect(inputOf(new HashModel(), { stopTexts: [stop] }));
    const text = tokenEvents(events)
      .map((event) => event.text)
      .join('');
    expect(text).toBe(plain.slice(0, plain.indexOf(stop)));
    expect(endOf(events).reason).toBe('stop-text');
    expect(tokenEvents(events)).toHaveLength(plain.indexOf(stop) + 3);
  });

  test('ends when the context is full', async () => {
    const events = await collect(inputOf(new HashModel({ contextLength: 10 })));
    expect(endOf(events)).toMatchObject({ reason: 'context-full', statistics: { outputTokens: 7 } });
  });

  test('stops between tokens and keeps what it has', async () => {
    const signal = { aborted: false };
    const events: GenerationEvent[] = [];
    for await (const event of generate(inputOf(new HashModel(), { signal }))) {
      events.push(event);
      if (event.type === 'token' && event.position === 4) signal.aborted = true;
    }
    expect(endOf(events)).toMatchObject({ reason: 'stopped', statistics: { outputTokens: 5 } });
  });

  test('stops between chunks of the prompt', async () => {
    const signal = { aborted: false };
    const model = new HashModel({ contextLength: 2000 });
    const sequence = model.open();
    const prompt = tokens(...new Array<number>(1000).fill(1));
    const events: GenerationEvent[] = [];
    for await (const event of generate(inputOf(model, { signal, sequence, prompt }))) {
      events.push(event);
      if (event.type === 'prompt-progress' && event.done > 0) signal.aborted = true;
    }
    expect(endOf(events).reason).toBe('stopped');
    expect(sequence.tokens).toHaveLength(prefillChunk);
  });

  test('reads a prompt in chunks, with progress up to its end', async () => {
    const model = new HashModel({ contextLength: 2000 });
    const sequence = model.open();
    const prompt = tokens(...Array.from({ length: 300 }, (_, index) => index % 26));
    const events = await collect(inputOf(model, { sequence, prompt, maxTokens: 1 }));
    const progress = events.filter((event) => event.type === 'prompt-progress');
    expect(progress.map((event) => event.done)).toEqual([0, 128, 256, 300]);
    expect(progress.every((event) => event.total === 300)).toBe(true);
    expect(sequence.forwards).toEqual([128, 128, 44]);
  });

  test('rejects an empty prompt and one that leaves no room', async () => {
    const model = new HashModel({ contextLength: 1000 });
    await expect(collect(inputOf(model, { prompt: [] }))).rejects.toMatchObject({ code: 'prompt-empty' });
    const long = tokens(...new Array<number>(1024).fill(1));
    await expect(collect(inputOf(model, { prompt: long }))).rejects.toMatchObject({
      code: 'prompt-too-long',
      message:
        "The prompt has 1,024 tokens and the model's context holds 1,000: shorten it so that an answer fits.",
    });
  });

  test('reports the alternatives of each token, most likely first', async () => {
    const model = new HashModel();
    const events = tokenEvents(await collect(inputOf(model, { alternatives: 3, maxTokens: 2 })));
    for (const { alternatives, id, text, logProbability } of events) {
      expect(alternatives).toHaveLength(3);
      expect(alternatives?.[0]).toEqual({ id, text, logProbability });
      expect(alternatives![1]!.logProbability).toBeLessThanOrEqual(logProbability);
    }
  });
});

test('align rolls back to the common prefix and always leaves a token to read', async () => {
  const lists = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      lists,
      lists.filter((list) => list.length > 0),
      async (held, wanted) => {
        const sequence = new HashModel().open();
        if (held.length > 0) await sequence.forward(tokens(...held), 0);
        const rest = align(sequence, tokens(...wanted));
        expect(rest.length).toBeGreaterThan(0);
        expect([...sequence.tokens, ...rest]).toEqual(wanted);
      },
    ),
  );
});
