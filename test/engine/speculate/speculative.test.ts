import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sequence, TokenId } from '../../../src-main/engine/model.ts';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import { HashModel, tokens } from '../../fakes/hash-model.ts';
import { PerturbedModel } from '../../fakes/perturbed-model.ts';
import { statelessPolicy } from '../../fakes/stateless-policy.ts';
import { StaleCacheSequence } from '../../fakes/stale-cache-sequence.ts';
import type { Task } from './speculative-run.ts';
import {
  draftModel,
  draftLengths,
  plain,
  policies,
  policyOf,
  proposers,
  speculate,
} from './speculative-run.ts';

/** A small vocabulary, so that tokens recur. */
function taskOf(changes: Partial<Task> & { endTokens?: number[]; contextLength?: number } = {}): Task {
  const { endTokens = [], contextLength = 200, ...rest } = changes;
  const options = { vocabularySize: 5, endTokens, contextLength, seed: 1 + (rest.seed ?? 1) };
  return {
    model: new HashModel(options),
    draft: new PerturbedModel(options),
    prompt: tokens(0, 1, 2, 3, 4, 1, 2, 3),
    policy: policies['greedy']!,
    seed: 1,
    count: 40,
    ...rest,
  };
}

const promptIds = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 });
const seeds = fc.integer({ min: 0, max: 4294967294 });

describe.each(Object.keys(proposers))('%s', (name) => {
  const proposer = proposers[name]!;

  test.each(Object.keys(policies))('gives the text of plain decoding: %s', async (policy) => {
    await fc.assert(
      fc.asyncProperty(promptIds, seeds, fc.constantFrom(...draftLengths), async (ids, seed, draftLength) => {
        const task = taskOf({ prompt: tokens(...ids), seed, policy: policies[policy]! });
        const expected = await plain(task);
        const run = await speculate(task, proposer(task, seededNoise(seed), expected), draftLength);
        expect(run.tokens).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('the cache holds the text and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(promptIds, seeds, fc.constantFrom(...draftLengths), async (ids, seed, draftLength) => {
        const task = taskOf({ prompt: tokens(...ids), seed });
        const { tokens: output, rounds } = await speculate(
          task,
          proposer(task, seededNoise(seed), await plain(task)),
          draftLength,
        );
        const text = [...task.prompt, ...output];
        for (const [index, { cached }] of rounds.entries()) {
          const end = rounds[index + 1]?.start ?? output.length;
          // The newest token is read by the next forward.
          expect(cached).toEqual(text.slice(0, task.prompt.length + end - 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('ends at an accepted end token, wherever it is in the proposal', async () => {
    await fc.assert(
      fc.asyncProperty(promptIds, seeds, fc.constantFrom(...draftLengths), async (ids, seed, draftLength) => {
        const task = taskOf({ prompt: tokens(...ids), seed, endTokens: [4], policy: policies['sampling']! });
        const expected = await plain(task);
        const run = await speculate(task, proposer(task, seededNoise(seed), expected), draftLength);
        expect(run.tokens).toEqual(expected);
        const last = run.rounds.at(-1)!;
        // No bonus follows an end token.
        const afterAccepted = last.start + last.round.accepted;
        expect(run.tokens.length - afterAccepted).toBe(run.origins.at(-1) === 'accepted' ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });

  test('proposes no more than fits in the context and the answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        promptIds,
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        fc.constantFrom(...draftLengths),
        async (ids, room, byContext, draftLength) => {
          const contextLength = byContext ? ids.length + room : 200;
          const task = taskOf({ prompt: tokens(...ids), contextLength, count: room });
          const expected = await plain(task);
          const widest: number[] = [];
          const opened = watched(task.model.open(), (sequence, added) => {
            widest.push(sequence.tokens.length + added.length);
          });
          const run = await speculate(task, proposer(task, seededNoise(task.seed), expected), draftLength, {
            opened,
            maxTokens: byContext ? 1000 : room,
          });
          expect(run.tokens).toEqual(expected);
          expect(Math.max(...widest)).toBeLessThanOrEqual(byContext ? contextLength : ids.length + room - 1);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('speculative', () => {
  test('reports the origin of each token and the outcome of each round', async () => {
    const task = taskOf();
    const expected = await plain(task);
    const wrong = ((expected[5]! + 1) % 5) as TokenId;
    const proposals = [expected.slice(0, 3), [expected[4]!, wrong, wrong], []];
    const reported: number[] = [];
    const scripted = {
      propose: async () => {
        const found = proposals.shift() ?? [];
        return found.length > 0
          ? ({ tokens: found, source: 'draft-model', matchLength: 0 } as const)
          : undefined;
      },
      accepted: (count: number) => reported.push(count),
    };
    const run = await speculate({ ...task, count: 7 }, scripted, 3);
    expect(run.origins).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'bonus',
      'accepted',
      'recovered',
      'model',
    ]);
    expect(run.rounds.map(({ start }) => start)).toEqual([0, 4, 6]);
    const [first, second, third] = run.rounds.map(({ round }) => round);
    expect(first).toMatchObject({ source: 'draft-model', accepted: 3, width: 8 + 3 });
    expect(first!.proposed).toEqual(expected.slice(0, 3));
    expect(first!.verifyMs).toBeCloseTo(6 + 11, 0);
    expect(second).toMatchObject({ accepted: 1, width: 1 + 3 });
    expect(third).toMatchObject({ source: undefined, accepted: 0, proposed: [], width: 1 });
    expect(reported).toEqual([3, 1]);
  });

  test('reads a whole accepted proposal in one forward', async () => {
    const task = { ...taskOf(), draft: taskOf().model, count: 36 };
    const sequence = new HashModel({ vocabularySize: 5, contextLength: 200, seed: 2 }).open();
    await speculate(task, draftModel(task, seededNoise(1)), 8, { opened: sequence });
    expect(sequence.forwards).toEqual([16, 9, 9, 9]);
  });

  test('applies the policy once for each token, to the text before it', async () => {
    const task = taskOf();
    const contexts: string[] = [];
    const run = await speculate(task, draftModel(task, seededNoise(1)), 5, {
      policy: statelessPolicy((logits, context) => {
        contexts.push(context.join(' '));
        return {
          tokens: Int32Array.of(logits.indexOf(Math.max(...logits))),
          probabilities: Float64Array.of(1),
        };
      }),
    });
    const text = [...task.prompt, ...run.tokens];
    const expected = run.tokens.map((_, index) => text.slice(0, task.prompt.length + index).join(' '));
    expect(contexts.slice(0, expected.length)).toEqual(expected);
  });

  test('a cache that is cut one token too late gives another text (negative control)', async () => {
    const task = taskOf();
    const expected = await plain(task);
    const proposer = () => proposers['noisy oracle']!(task, seededNoise(1), expected);
    const exact = await speculate(task, proposer(), 4, {
      opened: new StaleCacheSequence(task.model.open(), 0),
    });
    expect(exact.tokens).toEqual(expected);
    const late = await speculate(task, proposer(), 4, {
      opened: new StaleCacheSequence(task.model.open(), 1),
    });
    expect(late.tokens).not.toEqual(expected);
  });

  test('a policy that does not see the accepted tokens gives another text (negative control)', async () => {
    const task = taskOf({ policy: policies['sampling, penalties']! });
    const expected = await plain(task);
    const blind = policyOf(task);
    const run = await speculate(task, proposers['noisy oracle']!(task, seededNoise(1), expected), 4, {
      policy: statelessPolicy((logits, context) => blind.apply(logits, context.slice(0, task.prompt.length))),
    });
    expect(run.tokens).not.toEqual(expected);
  });
});

function watched(
  sequence: Sequence,
  look: (sequence: Sequence, added: readonly TokenId[]) => void,
): Sequence {
  return {
    get tokens() {
      return sequence.tokens;
    },
    forward: (added, keep) => {
      look(sequence, added);
      return sequence.forward(added, keep);
    },
    rollback: (count) => sequence.rollback(count),
    interrupt: () => sequence.interrupt(),
    close: () => sequence.close(),
  };
}
