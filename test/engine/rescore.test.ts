import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { RunToken } from '../../src-main/contract/run.ts';
import { applyRescored, runTokenOf } from '../../src-main/contract/run.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { logSumExp } from '../../src-main/engine/distribution.ts';
import type { GenerationInput } from '../../src-main/engine/generate.ts';
import { generate } from '../../src-main/engine/generate.ts';
import { inspect } from '../../src-main/engine/inspect.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import { letters, tokens } from '../fakes/hash-model.ts';
import { RoundingModel } from '../fakes/rounding-model.ts';

const searches: readonly StrategyInput[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((width) => ({ kind: 'beam', width, best: 1 }) as const),
  { kind: 'beam', width: 4, groups: 2, diversityPenalty: 0.5 },
  { kind: 'beam', width: 3, sample: true, seed: 5 },
  { kind: 'candidate-set' },
  { kind: 'candidate-set', policy: 'sampling', seed: 3 },
  { kind: 'contrastive' },
];
const linear: readonly StrategyInput[] = [
  { kind: 'greedy' },
  { kind: 'greedy', repetitionPenalty: 1.3 },
  { kind: 'sampling', seed: 2, temperature: 1.2, topK: 9 },
  { kind: 'sampling', seed: 7, mirostatTarget: 3 },
  { kind: 'speculative', draftLength: 3 },
  { kind: 'speculative', draftLength: 2, acceptance: 'rejection', policy: { kind: 'sampling', seed: 4 } },
  { kind: 'auto' },
];
const all = [...searches, ...linear];

interface Written {
  readonly tokens: RunToken[];
  readonly events: readonly GenerationEvent[];
  readonly before: readonly RunToken[];
}

async function write(
  strategy: StrategyInput,
  model: RoundingModel,
  changes: Partial<GenerationInput> = {},
): Promise<Written> {
  const found: RunToken[] = (changes.answerPrefix ?? []).map((id, position) => ({
    ...{ position, id, text: '', logProbability: -9, policyLogProbability: 0 },
    ...(position >= (changes.rescoreFrom ?? Infinity) ? { approximate: true as const } : {}),
  }));
  let before: readonly RunToken[] = [];
  const events: GenerationEvent[] = [];
  for await (const event of generate({
    model,
    sequence: model.open(),
    prompt: tokens(1, 2, 3, 1, 2),
    vocabulary: letters,
    strategy: parseStrategy(strategy),
    maxTokens: 40,
    stopTexts: [],
    alternatives: 3,
    signal: { aborted: false },
    now: () => 0,
    ...changes,
  })) {
    events.push(event);
    if (event.type === 'token') before = [...found, runTokenOf(event)];
    if (event.type === 'token') found.push(runTokenOf(event));
    if (event.type === 'rescored') applyRescored(found, event);
  }
  return { tokens: found, events, before };
}

const prompt = tokens(1, 2, 3, 1, 2);
const idsOf = (list: readonly RunToken[]) => list.map(({ id }) => id as TokenId);
const logProbabilitiesOf = (list: readonly RunToken[]) => list.map(({ logProbability }) => logProbability);
const statisticsOf = (events: readonly GenerationEvent[]) => {
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('the last event is not end');
  return end.statistics;
};

/** The log-probability of each token after the text before it. */
function oracle(model: RoundingModel, text: readonly TokenId[], before: readonly TokenId[] = prompt) {
  return text.map((token, place) => {
    const logits = model.logitsAfter([...before, ...text.slice(0, place)]);
    return logits[token]! - logSumExp(logits);
  });
}

async function inspected(model: RoundingModel, answer: readonly TokenId[]) {
  const found: number[] = [];
  const { rowAgreement } = model;
  const read = { sequence: model.open(), rowAgreement, prompt, answer, first: 0, count: answer.length };
  for await (const token of inspect({ ...read, alternatives: 1, vocabulary: letters, policy: undefined }))
    found.push(token.logProbability);
  return found;
}

describe('where branches differ from a text in a row', () => {
  test.each(all.map((strategy) => ({ name: JSON.stringify(strategy), strategy })))(
    'a text of $name has the figures of a linear read',
    async ({ strategy }) => {
      const model = new RoundingModel('linear', { endTokens: [7] });
      const { tokens: found, before, events } = await write(strategy, model);
      expect(logProbabilitiesOf(found)).toEqual(oracle(model, idsOf(found)));
      expect(found.filter(({ approximate }) => approximate)).toEqual([]);
      const sum = logProbabilitiesOf(found).reduce((total, value) => total + value, 0);
      const statistics = statisticsOf(events);
      expect(statistics.logProbabilitySum).toBe(sum);
      expect(statistics.perplexity).toBe(Math.exp(-sum / found.length));
      expect(statistics.approximateTokens).toBeUndefined();
      expect(before.some(({ approximate }) => approximate)).toBe(searches.includes(strategy));
      expect(await inspected(model, idsOf(found))).toEqual(logProbabilitiesOf(found));
    },
  );

  test('without the read they would be others (negative control)', async () => {
    const model = new RoundingModel('linear');
    for (const strategy of searches.filter(({ kind }) => kind !== 'contrastive')) {
      const { before } = await write(strategy, model);
      expect(logProbabilitiesOf(before)).not.toEqual(oracle(model, idsOf(before)));
    }
  });

  test('for any prompt, limit, stop text and cache', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...searches),
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 300 }),
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 80 }),
        fc.constantFrom([], ['a'], ['bc', 'q']),
        async (strategy, first, second, maxTokens, stopTexts) => {
          const model = new RoundingModel('linear', { endTokens: [7] });
          const sequence = model.open();
          await write({ kind: 'greedy' }, model, { sequence, prompt: tokens(...first), maxTokens: 3 });
          const changes = { sequence, prompt: tokens(...second), maxTokens, stopTexts };
          const { tokens: found } = await write(strategy, model, changes);
          expect(logProbabilitiesOf(found)).toEqual(oracle(model, idsOf(found), tokens(...second)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a search keeps its own scores', async () => {
    const model = new RoundingModel('linear');
    const { tokens: found, before, events } = await write({ kind: 'beam', width: 4, best: 3 }, model);
    const results = events.flatMap((event) => (event.type === 'hypotheses' ? event.hypotheses : []));
    expect(results).toHaveLength(3);
    expect(results[0]!.tokens.map(({ id }) => id)).toEqual(idsOf(found));
    expect(results[0]!.tokens.map(({ logProbability }) => logProbability)).toEqual(
      logProbabilitiesOf(before),
    );
    expect(results[0]!.logProbabilitySum).not.toBe(statisticsOf(events).logProbabilitySum);
  });

  test('alternatives are those of the read too', async () => {
    const model = new RoundingModel('linear');
    const { tokens: found, events } = await write({ kind: 'contrastive' }, model);
    const rescored = events.flatMap((event) => (event.type === 'rescored' ? event.tokens : []));
    expect(rescored).toHaveLength(found.length);
    for (const [place, { alternatives = [], logProbability }] of rescored.entries()) {
      const own = alternatives.find(({ id }) => id === found[place]!.id);
      if (own) expect(own.logProbability).toBe(logProbability);
      expect(alternatives).toHaveLength(3);
    }
  });

  test('the forwards of the read are not counted as those of the strategy', async () => {
    const strategy = { kind: 'beam', width: 3 } as const;
    const forwardsOf = async (agreement: 'any' | 'linear') =>
      statisticsOf((await write(strategy, new RoundingModel(agreement))).events).forwards;
    expect(await forwardsOf('linear')).toBe(await forwardsOf('any'));
  });
});

test('where all rows agree, nothing is read again', async () => {
  const model = new RoundingModel('any');
  for (const strategy of all) {
    const { tokens: found, events } = await write(strategy, model);
    expect(events.some(({ type }) => type === 'rescored')).toBe(false);
    expect(logProbabilitiesOf(found)).toEqual(oracle(model, idsOf(found)));
  }
});

describe('where every split rounds differently', () => {
  test.each(all.map((strategy) => ({ name: JSON.stringify(strategy), strategy })))(
    'a text of $name has the figures of one split',
    async ({ strategy }) => {
      const model = new RoundingModel('split', { endTokens: [7] });
      const { tokens: found, before } = await write(strategy, model);
      expect(before.every(({ approximate }) => approximate)).toBe(true);
      expect(found.some(({ approximate }) => approximate)).toBe(false);
      expect(await inspected(model, idsOf(found))).toEqual(logProbabilitiesOf(found));
      for (const { policyLogProbability } of found) expect(policyLogProbability).toBeLessThanOrEqual(0);
      expect(found.some(({ policyLogProbability }) => !Number.isFinite(policyLogProbability))).toBe(false);
    },
  );

  test('however its prompt was read, and whichever strategy wrote it', async () => {
    const model = new RoundingModel('split');
    const sequence = model.open();
    await sequence.forward(prompt.slice(0, 2));
    const { tokens: reused } = await write({ kind: 'greedy' }, model, { sequence });
    const { tokens: fresh } = await write({ kind: 'speculative', draftLength: 4 }, model);
    const { tokens: beam } = await write({ kind: 'beam', width: 1 }, model);
    let equal = 0;
    for (const other of [fresh, beam]) {
      if (idsOf(other).join() !== idsOf(reused).join()) continue;
      equal++;
      expect(logProbabilitiesOf(other)).toEqual(logProbabilitiesOf(reused));
    }
    expect(equal).toBeGreaterThan(0);
  });

  test('and other figures while it is written (negative control)', async () => {
    const model = new RoundingModel('split');
    const { tokens: found, before } = await write({ kind: 'greedy' }, model);
    expect(logProbabilitiesOf(before)).not.toEqual(logProbabilitiesOf(found));
  });
});

describe('stopping', () => {
  test('while the text is read keeps the reason, and leaves the rest approximate', async () => {
    const model = new RoundingModel('linear');
    const signal = { aborted: false };
    const found: RunToken[] = [];
    let end: GenerationEvent | undefined;
    for await (const event of generate({
      ...{ model, sequence: model.open(), prompt, vocabulary: letters, maxTokens: 80, stopTexts: [] },
      ...{ strategy: parseStrategy({ kind: 'beam', width: 3 }), alternatives: 0, signal, now: () => 0 },
    })) {
      if (event.type === 'token') found.push(runTokenOf(event));
      if (event.type === 'rescored') applyRescored(found, event);
      signal.aborted ||= event.type === 'rescored';
      end = event;
    }
    const left = found.filter(({ approximate }) => approximate).length;
    expect(left).toBe(48);
    expect(end).toMatchObject({ type: 'end', reason: 'length', statistics: { approximateTokens: left } });
    expect(logProbabilitiesOf(found).slice(0, 32)).toEqual(oracle(model, idsOf(found)).slice(0, 32));
  });

  test('a search doesn’t wait for a read', async () => {
    const model = new RoundingModel('linear');
    const signal = { aborted: false };
    const events: GenerationEvent[] = [];
    for await (const event of generate({
      ...{ model, sequence: model.open(), prompt, vocabulary: letters, maxTokens: 80, stopTexts: [] },
      ...{ strategy: parseStrategy({ kind: 'beam', width: 3 }), alternatives: 0, signal, now: () => 0 },
    })) {
      events.push(event);
      signal.aborted ||= events.filter(({ type }) => type === 'beam-step').length === 10;
    }
    expect(events.some(({ type }) => type === 'rescored')).toBe(false);
    const { outputTokens, approximateTokens } = statisticsOf(events);
    expect(outputTokens).toBeGreaterThan(0);
    expect(approximateTokens).toBe(outputTokens);
  });
});

describe('a prefix with approximate figures', () => {
  const prefix = tokens(4, 9, 2, 20, 11);

  test.each([
    ['continued by a search', { kind: 'beam', width: 2 }, 'linear'],
    ['continued token by token', { kind: 'greedy' }, 'linear'],
    ['continued where all rows agree', { kind: 'sampling', seed: 3 }, 'any'],
  ] as const)('is read with the answer, %s', async (_, strategy, agreement) => {
    const model = new RoundingModel(agreement);
    const { tokens: found, events } = await write(strategy, model, { answerPrefix: prefix, rescoreFrom: 2 });
    const expected = oracle(model, idsOf(found));
    expect(logProbabilitiesOf(found)).toEqual([-9, -9, ...expected.slice(2)]);
    expect(statisticsOf(events).outputTokens).toBe(found.length - prefix.length);
    expect(statisticsOf(events).logProbabilitySum).toBe(
      expected.slice(prefix.length).reduce((total, value) => total + value, 0),
    );
  });

  test('is left alone otherwise', async () => {
    const model = new RoundingModel('linear');
    const { tokens: found } = await write({ kind: 'beam', width: 2 }, model, { answerPrefix: prefix });
    expect(logProbabilitiesOf(found).slice(0, 5)).toEqual([-9, -9, -9, -9, -9]);
  });
});
