import { describe, expect, test } from 'vitest';
import { inspect } from '../../../src-main/engine/inspect.ts';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import { composePolicies } from '../../../src-main/engine/policy/pipeline.ts';
import { DraftModel } from '../../../src-main/engine/speculate/draft-model.ts';
import { PromptLookup } from '../../../src-main/engine/speculate/prompt-lookup.ts';
import { CombinedProposer } from '../../../src-main/engine/speculate/proposer.ts';
import { stepwise } from '../../../src-main/engine/stepwise.ts';
import { FollowingPolicy } from '../../fakes/following-policy.ts';
import { HashModel, letters, tokens } from '../../fakes/hash-model.ts';
import { PerturbedModel } from '../../fakes/perturbed-model.ts';
import { greedyPolicy } from '../../fakes/stateless-policy.ts';
import type { Task } from '../speculate/speculative-run.ts';
import { speculate } from '../speculate/speculative-run.ts';

const options = { vocabularySize: 5, contextLength: 200, seed: 3 };
const task: Task = {
  model: new HashModel(options),
  draft: new PerturbedModel(options),
  prompt: tokens(0, 1, 2, 3, 4, 1, 2, 3),
  policy: { temperature: 0 },
  seed: 3,
  count: 60,
};

describe('a policy follows its answer', () => {
  test('in plain decoding, through the prefix of the answer', async () => {
    const policy = new FollowingPolicy(greedyPolicy, 5);
    let decoded = 0;
    for await (const _ of stepwise(task.model.open(), task.prompt, policy, seededNoise(1), 3)) {
      if (++decoded === 20) break;
    }
    expect(policy.counts).toEqual({ applied: 20, astray: 0 });
  });

  /** The counts of the target's policy and of the draft model's, over a text with lookups and drafts. */
  async function speculated(forks: boolean) {
    const { prompt, draft } = task;
    const policyOf = () => new FollowingPolicy(greedyPolicy, prompt.length, forks);
    const [policy, draftPolicy] = [policyOf(), policyOf()];
    const drafting = new DraftModel({
      sequence: draft.open(),
      contextLength: draft.contextLength,
      endTokens: draft.endTokens,
      policy: draftPolicy,
      noise: seededNoise(1),
      promptLength: prompt.length,
    });
    const proposer = new CombinedProposer([new PromptLookup({ shortest: 3 }), drafting]);
    const { rounds } = await speculate(task, proposer, 4, { policy });
    return { target: policy.counts, draft: draftPolicy.counts, rounds };
  }

  test('in speculation, that of a draft model after each rejected proposal', async () => {
    const { target, draft, rounds } = await speculated(true);
    expect(target.astray).toBe(0);
    expect(draft.astray).toBe(0);
    expect(draft.applied).toBeGreaterThan(20);
    const sources = rounds.map(({ round }) => round.source);
    expect(sources).toContain('prompt-lookup');
    const drafted = rounds.filter(({ round }) => round.source === 'draft-model');
    expect(drafted.some(({ round }) => round.accepted < round.proposed.length)).toBe(true);
    expect(drafted.some(({ round }) => round.accepted === round.proposed.length)).toBe(true);
  });

  test('a draft model that shares one state with its forks is noticed (negative control)', async () => {
    expect((await speculated(false)).draft.astray).toBeGreaterThan(0);
  });

  test('in an inspection of a part, from the position where the replay starts', async () => {
    const inspection = {
      sequence: task.model.open(),
      rowAgreement: 'any' as const,
      prompt: tokens(0, 1, 2),
      answer: tokens(3, 4, 0, 1, 2, 3, 4, 0),
      first: 5,
      count: 2,
      alternatives: 2,
      vocabulary: letters,
    };
    const policy = new FollowingPolicy(greedyPolicy, 3);
    const positions: number[] = [];
    for await (const { position } of inspect({ ...inspection, policy })) positions.push(position);
    expect(positions).toEqual([5, 6]);
    expect(policy.counts).toEqual({ applied: 7, astray: 0 });
  });
});

describe('the policy that settings describe', () => {
  const run = { promptLength: 2, endTokens: new Set(tokens(0)), seed: 7 };

  test('is stateless without mirostat', () => {
    const policy = composePolicies({ temperature: 0.8, xtcProbability: 0.5, dryMultiplier: 1 }, run);
    expect(policy.fork()).toBe(policy);
    expect(policy.replayFrom(17)).toBe(17);
  });

  test('with mirostat forks its state and has to be replayed', () => {
    const policy = composePolicies({ mirostatTarget: 1 }, run);
    expect(policy.fork()).not.toBe(policy);
    expect(policy.replayFrom(17)).toBe(0);
  });
});
