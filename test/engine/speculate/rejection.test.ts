import { describe, expect, test } from 'vitest';
import type { Distribution } from '../../../src-main/engine/distribution.ts';
import { probabilityOf } from '../../../src-main/engine/distribution.ts';
import { PromptLookup } from '../../../src-main/engine/speculate/prompt-lookup.ts';
import type { Proposer } from '../../../src-main/engine/speculate/proposer.ts';
import { draftNoise, rejection } from '../../../src-main/engine/speculate/speculative.ts';
import { HashModel, token, tokens } from '../../fakes/hash-model.ts';
import { PerturbedModel } from '../../fakes/perturbed-model.ts';
import type { Task } from './speculative-run.ts';
import { draftModel, policyOf, speculate } from './speculative-run.ts';

const draws = 50_000;
const size = 5;
/** Chi-square with 24 degrees of freedom exceeds this once in 10,000 times. */
const criticalValue = 58.6;

const options = { vocabularySize: size, contextLength: 100, seed: 5 };
const model = new HashModel(options);
const draft = new PerturbedModel({ ...options, seed: 5 });
const prompt = tokens(0, 1, 2, 0, 1);
const taskOf = (seed: number): Task => ({
  model,
  draft,
  prompt,
  policy: { temperature: 2 },
  seed,
  count: 2,
});

/** Chi-square of the first two tokens of many texts against the target's distribution. */
async function chiSquare(proposer: (task: Task) => Proposer, draftLength: 1 | 2): Promise<number> {
  const counts = new Float64Array(size * size);
  const proposed = { accepted: 0, rejected: 0 };
  for (let seed = 0; seed < draws; seed++) {
    const task = taskOf(seed);
    const changes = { acceptance: rejection(seed), maxTokens: 10 };
    const { tokens: found, origins } = await speculate(task, proposer(task), draftLength, changes);
    counts[found[0]! * size + found[1]!]!++;
    if (origins[0] === 'accepted') proposed.accepted++;
    if (origins[0] === 'recovered') proposed.rejected++;
  }
  // Both outcomes must have occurred.
  expect(Math.min(proposed.accepted, proposed.rejected)).toBeGreaterThan(draws / 20);
  const policy = policyOf(taskOf(0));
  const first = policy.apply(model.logitsAfter(prompt), prompt);
  let sum = 0;
  for (let one = 0; one < size; one++) {
    const context = [...prompt, token(one)];
    const second = policy.apply(model.logitsAfter(context), context);
    for (let two = 0; two < size; two++) {
      const mean = draws * probabilityOf(first, token(one)) * probabilityOf(second, token(two));
      sum += (counts[one * size + two]! - mean) ** 2 / mean;
    }
  }
  return sum;
}

const drafting = (task: Task) => draftModel(task, draftNoise(task.seed));

/** Draws from one distribution and reports another. */
function lying(claimed: Distribution): (task: Task) => Proposer {
  return (task) => {
    const honest = drafting(task);
    return {
      propose: async (context, limit) => {
        const proposal = await honest.propose(context, limit);
        return proposal && { ...proposal, distributions: proposal.tokens.map(() => claimed) };
      },
    };
  };
}

describe('rejection', () => {
  test('gives the distribution of the target: a draft model, one token at a time', async () => {
    expect(await chiSquare(drafting, 1)).toBeLessThan(criticalValue);
  });

  test('gives the distribution of the target: a draft model, two tokens at a time', async () => {
    expect(await chiSquare(drafting, 2)).toBeLessThan(criticalValue);
  });

  test('gives the distribution of the target: prompt lookup, whose q is always 1', async () => {
    expect(await chiSquare(() => new PromptLookup(), 2)).toBeLessThan(criticalValue);
  });

  test('a draft that reports a wrong q is detected (negative control)', async () => {
    const claimed = {
      tokens: Int32Array.from({ length: size }, (_, id) => id),
      probabilities: new Float64Array(size).fill(1 / size),
    };
    expect(await chiSquare(lying(claimed), 2)).toBeGreaterThan(criticalValue);
  });

  test('equal seeds and proposals give equal texts, other seeds give others', async () => {
    const text = async (seed: number) => {
      const task = { ...taskOf(seed), count: 30 };
      return (await speculate(task, drafting(task), 2, { acceptance: rejection(seed) })).tokens;
    };
    expect(await text(3)).toEqual(await text(3));
    expect(await text(3)).not.toEqual(await text(4));
  });

  test('always accepts where p is at least q, and never where p is 0', () => {
    const target: Distribution = { tokens: Int32Array.of(1, 2), probabilities: Float64Array.of(0.75, 0.25) };
    const offered: Distribution = { tokens: Int32Array.of(1, 3), probabilities: Float64Array.of(0.5, 0.5) };
    for (let seed = 0; seed < 200; seed++) {
      const accept = rejection(seed);
      expect(accept(target, 0, token(1), offered)).toBe(1);
      // The residual of the target is 0.25 for each token.
      expect([1, 2]).toContain(accept(target, 0, token(3), offered));
    }
  });
});
