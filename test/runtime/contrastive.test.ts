import { afterAll, beforeAll, expect, test } from 'vitest';
import { DirectionStore, contrastive } from '../../src-main/engine/contrastive.ts';
import { argmax, logSumExp } from '../../src-main/engine/distribution.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import { topK } from '../../src-main/engine/policy/top-k.ts';
import type { DefaultGraph } from './default-model.ts';
import { loadGraph, someTokens } from './default-model.ts';

let graph: DefaultGraph;
beforeAll(async () => {
  graph = await loadGraph('smollm2-135m-instruct-float32');
});
afterAll(() => graph.release());

const prompt = someTokens(24, 21);
const length = 12;

async function search(penalty: number, candidates: number): Promise<TokenId[]> {
  const sequence = graph.open();
  const answer: TokenId[] = [];
  for await (const { token } of contrastive(sequence, prompt, { penalty, candidates })) {
    answer.push(token);
    if (answer.length === length) break;
  }
  sequence.close();
  return answer;
}

/** The same by the book: every candidate's text is read afresh, with the hidden states of all its tokens. */
async function reference(penalty: number, candidates: number): Promise<TokenId[]> {
  const answer: TokenId[] = [];
  while (answer.length < length) {
    const text = [...prompt, ...answer];
    const sequence = graph.open();
    const logits = (await sequence.forward(text, text.length)).at(-1)!.slice();
    const context = new DirectionStore();
    for (const state of sequence.hiddenStates()) context.add(state);
    let best = { score: -Infinity, token: 0 as TokenId };
    for (const id of topK(logits, candidates).tokens as Iterable<number> as Iterable<TokenId>) {
      await sequence.forward([id]);
      const similarity = context.similarity(sequence.hiddenStates()[0]!);
      sequence.rollback(1);
      const probability = Math.exp(logits[id]! - logSumExp(logits));
      const score = (1 - penalty) * probability - penalty * similarity;
      if (score > best.score) best = { score, token: id };
    }
    answer.push(best.token);
    sequence.close();
  }
  return answer;
}

test('chooses what the definition chooses', async () => {
  expect(await search(0.6, 4)).toEqual(await reference(0.6, 4));
});

test('without a penalty, and with one candidate, it is greedy; with a penalty it is not', async () => {
  const sequence = graph.open();
  const greedy: TokenId[] = [];
  while (greedy.length < length) {
    const [logits] = await sequence.forward(greedy.length === 0 ? prompt : greedy.slice(-1));
    greedy.push(argmax(logits!));
  }
  sequence.close();
  expect(await search(0, 4)).toEqual(greedy);
  expect(await search(0.6, 1)).toEqual(greedy);
  expect(await search(0.9, 8)).not.toEqual(greedy);
});
