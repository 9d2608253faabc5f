import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import { softmax } from '../../../src-main/engine/policy/candidates.ts';
import { allTokens } from '../../../src-main/engine/policy/top-k.ts';
import type {
  CandidateSetEvent,
  CandidateSetSettings,
} from '../../../src-main/engine/search/candidate-set.ts';
import { candidateSet } from '../../../src-main/engine/search/candidate-set.ts';
import { BranchingHashSequence } from '../../fakes/branching-hash-model.ts';
import { greedyPolicy, statelessPolicy } from '../../fakes/stateless-policy.ts';
import { HashModel } from '../../fakes/hash-model.ts';
import {
  candidateEvents,
  candidateSettings,
  finishedOf,
  idsOf,
  plainText,
  prompt,
} from './collect-search.ts';
import { exhaustiveSearch, logProbabilitiesOf } from './exhaustive-search.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const policies = fc.constantFrom<CandidateSetSettings['policy']>('greedy', 'beam', 'sampling');
const counts = fc.integer({ min: 1, max: 4 });
const decode = async (model: HashModel, changes: Partial<CandidateSetSettings>) =>
  finishedOf(await candidateEvents(model, candidateSettings(model, changes)));
const greedyText = (model: HashModel) => plainText(model, greedyPolicy, seededNoise(0), 10);

describe('candidate-set decoding', () => {
  test('of one candidate with one alternative is greedy decoding, whatever the policy', async () => {
    await fc.assert(
      fc.asyncProperty(
        seeds,
        policies,
        fc.integer({ min: 1, max: 12 }),
        async (seed, policy, tokensPerRound) => {
          const model = new HashModel({ seed, vocabularySize: 6, endTokens: [0] });
          const changes = { candidates: 1, alternatives: 1, tokensPerRound, policy, maximumTokens: 10 };
          const [found] = await decode(model, changes);
          expect(idsOf(found!.tokens)).toEqual(await greedyText(model));
        },
      ),
    );
  });

  test('of more alternatives is not always greedy decoding (negative control)', async () => {
    let others = 0;
    for (let seed = 1; seed <= 50; seed++) {
      const model = new HashModel({ seed, vocabularySize: 6, endTokens: [0] });
      const [found] = await decode(model, { candidates: 1, policy: 'greedy', maximumTokens: 10 });
      if (idsOf(found!.tokens).join() !== (await greedyText(model)).join()) others++;
    }
    expect(others).toBeGreaterThan(5);
  });

  test('of one candidate with every alternative and `sampling` is sampling with the same noise', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const model = new HashModel({ seed, vocabularySize: 9, endTokens: [0] });
        const noise = seededNoise(seed);
        const policy = statelessPolicy((logits) => softmax(allTokens(logits)));
        const changes = { candidates: 1, alternatives: 9, tokensPerRound: 1, noise } as const;
        const [found] = await decode(model, { ...changes, policy: 'sampling', maximumTokens: 10 });
        expect(idsOf(found!.tokens)).toEqual(await plainText(model, policy, noise, 10));
      }),
    );
  });

  test('with a set that loses nothing finds what exhaustive search finds', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.constantFrom(-1, 0, 1), async (seed, lengthPenalty) => {
        const model = new HashModel({ seed, vocabularySize: 3, endTokens: [2] });
        const [expected] = exhaustiveSearch(model, prompt, 4, lengthPenalty);
        const changes = { candidates: 31, alternatives: 3, tokensPerRound: 1, maximumTokens: 4 };
        const [found] = await decode(model, { ...changes, policy: 'beam', lengthPenalty });
        expect(idsOf(found!.tokens)).toEqual(expected!.ids);
        expect(found!.score).toBeCloseTo(expected!.score, 9);
      }),
    );
  });

  test('reports rounds whose candidates continue those of the round before', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, policies, counts, counts, counts, async (seed, policy, ...sizes) => {
        const [candidates, alternatives, tokensPerRound] = sizes;
        const model = new HashModel({ seed, vocabularySize: 7, endTokens: [0] });
        const changes = { candidates, alternatives, tokensPerRound, policy };
        checkRounds(await candidateEvents(model, candidateSettings(model, changes)), model, changes);
      }),
    );
  });

  test('settles nothing that changes, up to the whole result', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, policies, counts, counts, async (seed, policy, candidates, tokensPerRound) => {
        const model = new HashModel({ seed, vocabularySize: 9, endTokens: [0] });
        const changes = { candidates, tokensPerRound, policy, maximumTokens: 15 };
        const events = await candidateEvents(model, candidateSettings(model, changes));
        const result = idsOf(finishedOf(events)[0]!.tokens);
        const settled: number[] = [];
        for (const event of events) {
          if (event.type === 'settled') settled.push(...idsOf(event.tokens));
          expect(result.slice(0, settled.length)).toEqual(settled);
        }
        expect(settled).toEqual(result);
      }),
    );
  });

  test('reports scores equal to recomputed sums of log-probabilities', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, policies, fc.constantFrom(0, 1), async (seed, policy, lengthPenalty) => {
        const model = new HashModel({ seed, vocabularySize: 7, endTokens: [0] });
        const found = await decode(model, { policy, lengthPenalty, best: 4 });
        expect(found.length).toBeGreaterThan(0);
        for (const [rank, { tokens, score, logProbabilitySum }] of found.entries()) {
          const expected = logProbabilitiesOf(model, prompt, idsOf(tokens));
          const sum = expected.reduce((total, value) => total + value, 0);
          expect(logProbabilitySum).toBeCloseTo(sum, 9);
          expect(score).toBeCloseTo(sum / expected.length ** lengthPenalty, 9);
          expect(score).toBeLessThanOrEqual(found[rank - 1]?.score ?? Infinity);
        }
      }),
    );
  });

  test('the policies choose otherwise: greedy keeps candidates apart, a beam does not', async () => {
    const model = new HashModel({ seed: 4, vocabularySize: 12 });
    const parents = async (policy: CandidateSetSettings['policy']) => {
      const changes = { candidates: 3, alternatives: 3, tokensPerRound: 1, policy, maximumTokens: 6 };
      const events = await candidateEvents(model, candidateSettings(model, changes));
      const rounds = events.flatMap((event) => (event.type === 'candidates' ? [event.candidates] : []));
      return rounds.slice(1).map((nodes) => {
        const kept = nodes.filter(({ place }) => place >= 0);
        return new Set(kept.map(({ parent }) => parent)).size;
      });
    };
    expect(await parents('greedy')).toEqual([3, 3, 3, 3, 3]);
    expect(Math.min(...(await parents('beam')))).toBeLessThan(3);
  });

  test('another seed samples another text (negative control)', async () => {
    const model = new HashModel({ vocabularySize: 12 });
    const text = (seed: number) =>
      decode(model, { policy: 'sampling', candidates: 1, noise: seededNoise(seed) });
    expect(await text(1)).toEqual(await text(1));
    expect(await text(1)).not.toEqual(await text(2));
  });

  test('reads a round in as many forwards as it has tokens, and gives its branches back', async () => {
    const model = new HashModel();
    const sequence = new BranchingHashSequence(model);
    const settings = candidateSettings(model, { tokensPerRound: 3, maximumTokens: 6 });
    for await (const event of candidateSet(sequence, prompt, settings)) void event;
    // First round: 4 first tokens for the set of 4. Then 3 alternatives of 4 candidates.
    expect(sequence.widths).toEqual([4, 4, 4, 12, 12]);
    expect(sequence.branched).toBe(false);
  });
});

function checkRounds(
  events: readonly CandidateSetEvent[],
  model: HashModel,
  limits: { readonly candidates: number; readonly tokensPerRound: number },
): void {
  let set: { readonly ids: readonly number[]; readonly ended: boolean }[] = [{ ids: [], ended: false }];
  for (const event of events) {
    if (event.type !== 'candidates') continue;
    const next: typeof set = [];
    for (const { parent, tokens, end, place, logProbabilitySum } of event.candidates) {
      const before = set[parent]!;
      const ids = idsOf(tokens);
      expect(ids.length).toBeLessThanOrEqual(limits.tokensPerRound);
      if (before.ended) expect(ids).toEqual([]);
      else expect(ids.length === limits.tokensPerRound || end !== undefined).toBe(true);
      const text = [...before.ids, ...ids] as typeof prompt;
      const sum = logProbabilitiesOf(model, prompt, text).reduce((total, value) => total + value, 0);
      expect(logProbabilitySum).toBeCloseTo(sum, 9);
      if (place >= 0) next[place] = { ids: text, ended: end !== undefined };
    }
    expect(next.length).toBeLessThanOrEqual(limits.candidates);
    expect(Object.keys(next)).toHaveLength(next.length);
    expect(new Set(next.map(({ ids }) => ids.join())).size).toBe(next.length);
    set = next;
  }
  expect(set.every(({ ended }) => ended)).toBe(true);
}
