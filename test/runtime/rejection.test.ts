import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Distribution } from '../../src-main/engine/distribution.ts';
import type { Sequence, TokenId } from '../../src-main/engine/model.ts';
import { composePolicies } from '../../src-main/engine/policy/pipeline.ts';
import type { Policy } from '../../src-main/engine/policy/policy.ts';
import { fixedDraftLength } from '../../src-main/engine/speculate/draft-length.ts';
import { DraftModel } from '../../src-main/engine/speculate/draft-model.ts';
import type { Proposer } from '../../src-main/engine/speculate/proposer.ts';
import { draftNoise, rejection, speculative } from '../../src-main/engine/speculate/speculative.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { MemoizingSequence } from '../fakes/memoizing-sequence.ts';
import { statelessPolicy } from '../fakes/stateless-policy.ts';
import { shortSighted } from '../verify/short-sighted-model.ts';
import { loadDefaultModel } from './default-model.ts';

const draws = 50_000;
const candidates = 4;
const user =
  'The bakery at the corner closed last autumn, and for weeks the smell of bread was still in the stairwell, or so ' +
  'the children said. Then a shop for telephones moved in, with a blue light in the window that never goes out. ' +
  'Write one more sentence.';

let loaded: LoadedModel;
let prompt: readonly TokenId[];
let target: Sequence;
let draft: Sequence;
let policy: Policy;

beforeAll(async () => {
  loaded = await loadDefaultModel();
  prompt = loaded.promptTokens({ messages: [{ role: 'user', content: user }] });
  target = new MemoizingSequence(loaded.model.open());
  draft = new MemoizingSequence(shortSighted(loaded.model).open());
  const { endTokens } = loaded.model;
  policy = remembering(
    composePolicies(
      { temperature: 1.2, topK: candidates },
      { promptLength: prompt.length, endTokens, seed: 0 },
    ),
  );
});
afterAll(() => {
  target.close();
  draft.close();
  loaded.close();
});

/** Caches the distributions of rows that are cached themselves. */
function remembering(inner: Policy): Policy {
  const known = new Map<Float32Array, Distribution>();
  return statelessPolicy((logits, context) => {
    const found = known.get(logits) ?? inner.apply(logits, context);
    known.set(logits, found);
    return found;
  });
}

async function distributionAfter(context: readonly TokenId[]): Promise<Distribution> {
  target.rollback(target.tokens.length);
  const [logits] = await target.forward(context);
  return policy.apply(logits!, context);
}

function drafting(seed: number): Proposer {
  const { contextLength } = loaded.model;
  const noise = draftNoise(seed);
  const promptLength = prompt.length;
  return new DraftModel({
    sequence: draft,
    contextLength,
    endTokens: new Set(),
    policy,
    noise,
    promptLength,
  });
}

/** Draws correctly, but reports a uniform q. */
function lying(seed: number): Proposer {
  const honest = drafting(seed);
  const even = ({ tokens }: Distribution): Distribution => ({
    tokens,
    probabilities: new Float64Array(tokens.length).fill(1 / tokens.length),
  });
  return {
    propose: async (context, limit) => {
      const proposal = await honest.propose(context, limit);
      return proposal && { ...proposal, distributions: proposal.distributions!.map(even) };
    },
  };
}

/** The first two tokens of many texts against the model's distribution, in standard deviations. */
async function deviation(proposerOf: (seed: number) => Proposer): Promise<number> {
  const counts = new Map<string, number>();
  const origins = new Map<string, number>();
  for (let seed = 0; seed < draws; seed++) {
    const found: TokenId[] = [];
    const rounds = speculative(target, prompt, {
      policy,
      acceptance: rejection(seed),
      proposer: proposerOf(seed),
      draftLength: fixedDraftLength(2),
      endTokens: new Set(),
      contextLength: loaded.model.contextLength,
      maxTokens: 10,
      now: () => 0,
    });
    for await (const { tokens } of rounds) {
      for (const { token, origin } of tokens.slice(0, 2 - found.length)) {
        found.push(token);
        origins.set(origin!, (origins.get(origin!) ?? 0) + 1);
      }
      if (found.length === 2) break;
    }
    const key = found.join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(Math.min(origins.get('accepted') ?? 0, origins.get('recovered') ?? 0)).toBeGreaterThan(draws / 50);
  let sum = 0;
  let cells = 0;
  let counted = 0;
  const first = await distributionAfter(prompt);
  for (const [index, one] of first.tokens.entries()) {
    const second = await distributionAfter([...prompt, one as TokenId]);
    for (const [place, two] of second.tokens.entries()) {
      const mean = draws * first.probabilities[index]! * second.probabilities[place]!;
      const count = counts.get(`${one} ${two}`) ?? 0;
      counted += count;
      if (mean < 5) continue;
      sum += (count - mean) ** 2 / mean;
      cells++;
    }
  }
  // No other pair occurred.
  expect(counted).toBe(draws);
  expect(cells).toBeGreaterThan(8);
  // The cube root of a chi-square is nearly normal (Wilson and Hilferty 1931).
  const variance = 2 / (9 * (cells - 1));
  return (Math.cbrt(sum / (cells - 1)) - (1 - variance)) / Math.sqrt(variance);
}

test('rejection gives the distribution of the default model over its first two tokens', async () => {
  expect(await deviation(drafting)).toBeLessThan(3.7);
}, 180_000);

test('a draft that reports a wrong q is detected (negative control)', async () => {
  expect(await deviation(lying)).toBeGreaterThan(3.7);
}, 180_000);
