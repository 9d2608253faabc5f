import { describe, expect, test } from 'vitest';
import { argmax } from '../../../src-main/engine/distribution.ts';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import { prefillChunk } from '../../../src-main/engine/prefill.ts';
import { DraftModel } from '../../../src-main/engine/speculate/draft-model.ts';
import type { Proposer } from '../../../src-main/engine/speculate/proposer.ts';
import { CombinedProposer } from '../../../src-main/engine/speculate/proposer.ts';
import type { NamedModel } from '../../../src-main/engine/speculate/same-vocabulary.ts';
import { requireSameVocabulary } from '../../../src-main/engine/speculate/same-vocabulary.ts';
import { greedyPolicy } from '../../fakes/stateless-policy.ts';
import type { HashModelOptions } from '../../fakes/hash-model.ts';
import { HashModel, letters, tokens } from '../../fakes/hash-model.ts';

const prompt = tokens(1, 2, 3);

function draftOf(options: HashModelOptions = {}) {
  const model = new HashModel(options);
  const { contextLength, endTokens } = model;
  const sequence = model.open();
  const settings = {
    sequence,
    contextLength,
    endTokens,
    policy: greedyPolicy,
    noise: seededNoise(1),
    promptLength: 3,
  };
  return { model, sequence, draft: new DraftModel(settings) };
}

describe('draft model', () => {
  test('drafts, and reuses its cache up to where the text differs', async () => {
    const { model, sequence, draft } = draftOf();
    const first = await draft.propose(prompt, () => 3);
    const expected = [...prompt];
    for (let index = 0; index < 3; index++) expected.push(argmax(model.logitsAfter(expected)));
    expect([...prompt, ...first!.tokens]).toEqual(expected);
    expect(first!.distributions).toHaveLength(3);
    await draft.propose([...expected.slice(0, 5), ...tokens(0)], () => 1);
    expect(sequence.forwards).toEqual([3, 1, 1, 1]);
  });

  test('reads nothing if it may propose nothing', async () => {
    const { sequence, draft } = draftOf();
    expect(await draft.propose(prompt, () => 0)).toBeUndefined();
    expect(sequence.forwards).toEqual([]);
  });

  test('reads a long prompt in chunks', async () => {
    const { sequence, draft } = draftOf();
    await draft.propose(tokens(...new Array<number>(200).fill(1)), () => 1);
    expect(sequence.forwards).toEqual([prefillChunk, 200 - prefillChunk]);
  });

  test('proposes nothing after an end token or beyond its context', async () => {
    const free = (await draftOf().draft.propose(prompt, () => 8))!.tokens;
    const { draft } = draftOf({ endTokens: [free[2]!] });
    const ended = (await draft.propose(prompt, () => 8))!.tokens;
    expect(ended).toEqual(free.slice(0, free.indexOf(free[2]!) + 1));
    const short = draftOf({ contextLength: 5 }).draft;
    expect((await short.propose(prompt, () => 8))!.tokens).toEqual(free.slice(0, 3));
    expect(await short.propose(tokens(1, 1, 1, 1, 1, 1), () => 8)).toBeUndefined();
  });
});

describe('combined', () => {
  const accepted: string[] = [];
  const proposing = (name: string, token?: number): Proposer => ({
    propose: async () =>
      token === undefined ? undefined : { tokens: tokens(token), source: 'draft-model', matchLength: 0 },
    accepted: (count) => accepted.push(`${name} ${count}`),
  });

  test('takes the first proposal and reports acceptance to its proposer', async () => {
    const combined = new CombinedProposer([
      proposing('first'),
      proposing('second', 5),
      proposing('third', 6),
    ]);
    expect((await combined.propose(prompt, () => 1))!.tokens).toEqual([5]);
    combined.accepted(1);
    expect(accepted).toEqual(['second 1']);
    expect(await new CombinedProposer([proposing('first')]).propose(prompt, () => 1)).toBeUndefined();
  });
});

describe('same vocabulary', () => {
  const named = (name: string, options: HashModelOptions, vocabulary = letters): NamedModel => ({
    name,
    model: new HashModel(options),
    vocabulary,
  });
  const target = named('Large', { endTokens: [3] });

  test('accepts the same tokens', () => {
    expect(() => requireSameVocabulary(target, named('Small', { endTokens: [3], seed: 9 }))).not.toThrow();
  });

  test.each([
    [named('Small', { vocabularySize: 25, endTokens: [3] }), 'it has 25 tokens, not 26'],
    [
      named('Small', { endTokens: [3] }, { ...letters, text: (id) => (id === 4 ? 'E' : letters.text(id)) }),
      'its token 4 is "E", not "e"',
    ],
    [named('Small', { endTokens: [2] }), "token 3 doesn't end its answers"],
  ])('rejects another one with the reason', (draft, reason) => {
    expect(() => requireSameVocabulary(target, draft)).toThrow(
      expect.objectContaining({
        code: 'settings-invalid',
        message: `Small can't draft for Large: ${reason}. Choose a draft model with the same tokenizer.`,
      }),
    );
  });
});
