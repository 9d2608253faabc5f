import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GenerationRequest } from '../../src-main/contract/generation.ts';
import { logSumExp } from '../../src-main/engine/distribution.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import { stepwise } from '../../src-main/engine/stepwise.ts';
import { greedyPolicy } from '../fakes/stateless-policy.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { defaultModelDirectory } from './default-model.ts';

/** What transformers answered in float32 on the same dequantized weights; see test/reference/README.md. */
interface Answer {
  readonly prompt: GenerationRequest['prompt'];
  readonly promptIds: readonly TokenId[];
  readonly ids: readonly TokenId[];
  readonly logProbabilities: readonly number[];
}

const fixture = path.join(import.meta.dirname, '../reference/greedy.json');
const { answers } = JSON.parse(fs.readFileSync(fixture, 'utf8')) as { answers: readonly Answer[] };

/** Largest difference of a log-probability that rounding may make; 2.4e-5 was seen. */
const tolerance = 1e-4;

interface Reading {
  readonly ids: readonly TokenId[];
  readonly logProbabilities: readonly number[];
}

/** As many greedy tokens as the reference has, end tokens like any others, by the engine's own decoder. */
async function answerGreedily(model: LoadedModel, { promptIds, ids }: Answer): Promise<Reading> {
  const sequence = model.model.open();
  const found: TokenId[] = [];
  const logProbabilities: number[] = [];
  try {
    for await (const step of stepwise(sequence, promptIds, greedyPolicy, seededNoise(0))) {
      found.push(step.token);
      logProbabilities.push((step.logits![step.token] ?? NaN) - logSumExp(step.logits!));
      if (found.length === ids.length) break;
    }
  } finally {
    sequence.close();
  }
  return { ids: found, logProbabilities };
}

/** The log-probabilities of the reference's own tokens, whatever the model would choose. */
async function scored(model: LoadedModel, { promptIds, ids }: Answer): Promise<number[]> {
  const sequence = model.model.open();
  try {
    const rows = await sequence.forward([...promptIds, ...ids.slice(0, -1)], ids.length);
    return rows.map((row, index) => (row[ids[index] ?? -1] ?? NaN) - logSumExp(row));
  } finally {
    sequence.close();
  }
}

function largestDifference(found: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs(value - (found[index] ?? NaN))));
}

describe('the float32 model against transformers', () => {
  let model: LoadedModel;

  beforeAll(async () => {
    model = await loadModel(`${defaultModelDirectory}-float32`, 'cpu');
  });
  afterAll(() => model.close());

  test('there are 20 answers of 64 tokens', () => {
    expect(answers.map(({ ids, logProbabilities }) => [ids.length, logProbabilities.length])).toEqual(
      Array.from({ length: 20 }, () => [64, 64]),
    );
  });

  test('prompts are read as the same tokens', () => {
    for (const { prompt, promptIds } of answers) expect(model.promptTokens(prompt)).toEqual(promptIds);
  });

  test('greedy answers have the same tokens and log-probabilities', async () => {
    const differences: number[] = [];
    for (const answer of answers) {
      const found = await answerGreedily(model, answer);
      expect(found.ids, JSON.stringify(answer.prompt)).toEqual(answer.ids);
      differences.push(largestDifference(found.logProbabilities, answer.logProbabilities));
    }
    console.log(`largest difference of a log-probability: ${Math.max(...differences).toExponential(1)}`);
    expect(Math.max(...differences)).toBeLessThan(tolerance);
  }, 600_000);

  test('so has the whole answer read in one forward', async () => {
    for (const answer of answers) {
      expect(largestDifference(await scored(model, answer), answer.logProbabilities)).toBeLessThan(tolerance);
    }
  }, 600_000);

  test('one token changed in a prompt is noticed (negative control)', async () => {
    const [answer] = answers;
    if (!answer) throw new RangeError('the fixture is empty');
    const promptIds = answer.promptIds.map((id, index) => (index === 5 ? (1000 as TokenId) : id));
    expect(
      largestDifference(await scored(model, { ...answer, promptIds }), answer.logProbabilities),
    ).toBeGreaterThan(tolerance);
  });
});

describe('the 8-bit model against transformers (negative control)', () => {
  test('its log-probabilities are not equal', async () => {
    const model = await loadModel(defaultModelDirectory, 'cpu');
    try {
      for (const answer of answers.slice(0, 3)) {
        expect(largestDifference(await scored(model, answer), answer.logProbabilities)).toBeGreaterThan(0.01);
      }
    } finally {
      model.close();
    }
  });
});
