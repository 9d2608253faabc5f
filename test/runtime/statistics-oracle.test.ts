import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Statistics, TokenEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { defaultModelDirectory, loadDefaultModel, operatorsAreOff } from './default-model.ts';

/**
 * Statistics recomputed from the raw logits of one forward over prompt and answer alone. Those are the same bits on the
 * operators. On standard kernels the branches of a search round differently from a text that is read in one piece: least
 * in float32.
 */
let model: LoadedModel;
beforeAll(async () => {
  model = operatorsAreOff
    ? await loadModel(`${defaultModelDirectory}-float32`, 'cpu')
    : await loadDefaultModel();
});
/** Decimal places in which figures agree; the sum of an answer's log-probabilities has one less. */
const places = operatorsAreOff ? 3 : 9;
afterAll(() => model.close());

const raw = 'Row, row, row your boat. Row, row, row your';

async function run(input: StrategyInput): Promise<{ tokens: TokenEvent[]; statistics: Statistics }> {
  const request = { prompt: { raw }, strategy: parseStrategy(input), maxTokens: 40, stopTexts: [] };
  const tokens: TokenEvent[] = [];
  for await (const event of model.generate({ ...request, alternatives: 0 }, new AbortController().signal)) {
    if (event.type === 'token') tokens.push(event);
    if (event.type === 'end') return { tokens, statistics: event.statistics };
  }
  throw new Error('the answer has no end');
}

/** The natural logarithm of the softmax at each token, in double precision. */
async function logProbabilities(answer: readonly TokenId[]): Promise<number[]> {
  const sequence = model.model.open();
  const rows = await sequence.forward([...model.promptTokens({ raw }), ...answer], answer.length + 1);
  const found = answer.map((token, place) => {
    const logits = [...rows[place]!];
    const most = logits.reduce((one, other) => Math.max(one, other));
    return logits[token]! - most - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  });
  sequence.close();
  return found;
}

/** The share of n-grams that didn't occur before, by comparing all pairs. */
function distinct(tokens: readonly number[], length: number): number {
  const runs = tokens.slice(0, Math.max(0, tokens.length - length + 1)).map((_, start) => start);
  const same = (one: number, other: number) =>
    Array.from({ length }, (_, index) => index).every(
      (index) => tokens[one + index] === tokens[other + index],
    );
  const fresh = runs.filter((start) => !runs.some((other) => other < start && same(other, start)));
  return runs.length > 0 ? fresh.length / runs.length : 1;
}

const inputs: readonly StrategyInput[] = [
  { kind: 'greedy' },
  { kind: 'sampling', seed: 5 },
  { kind: 'speculative', draftLength: 4 },
  { kind: 'beam', width: 4 },
  { kind: 'candidate-set', policy: 'greedy' },
  { kind: 'candidate-set', policy: 'beam' },
  { kind: 'candidate-set', policy: 'sampling' },
];

describe.each(inputs.map((input) => ({ name: JSON.stringify(input), input })))('$name', ({ input }) => {
  test('has the statistics that follow from the raw logits', async () => {
    const { tokens, statistics } = await run(input);
    const ids = tokens.map(({ id }) => id as TokenId);
    const expected = await logProbabilities(ids);
    for (const [place, { logProbability }] of tokens.entries()) {
      expect(logProbability).toBeCloseTo(expected[place]!, places);
    }
    const sum = expected.reduce((total, value) => total + value, 0);
    expect(statistics.logProbabilitySum).toBeCloseTo(sum, places - 1);
    expect(statistics.logProbabilityMean).toBeCloseTo(sum / ids.length, places);
    expect(statistics.perplexity).toBeCloseTo(Math.exp(-sum / ids.length), places - 1);
    const text = ids.filter((id) => !model.model.endTokens.has(id));
    expect(statistics.distinct).toEqual([1, 2, 3].map((length) => distinct(text, length)));
    expect(statistics.repetition).toBeCloseTo(1 - distinct(text, 4), 12);
    // Negative control: the numbers of the next position differ.
    expect(
      expected.slice(1).some((value, place) => Math.abs(value - tokens[place]!.logProbability) > 0.01),
    ).toBe(true);
  });
});
