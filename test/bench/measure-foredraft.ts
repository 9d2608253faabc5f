/** Prints a Measurement of this engine, and the cost of a token with cache capacities of 1024 and 4096 slots. */
import type { Sequence, TokenId } from '../../src-main/engine/model.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { contexts, decodedTokens, mean, median, peakMemory, promptTokens, prompts } from './measurement.ts';
import { defaultModel } from './places.ts';

const loaded = await loadModel(defaultModel, 'cpu');
const chunk = 128;

async function read(sequence: Sequence, tokens: readonly TokenId[]): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < tokens.length; from += chunk)
    await sequence.forward(tokens.slice(from, from + chunk));
  return performance.now() - start;
}

/** Milliseconds per token of plain greedy decoding, argmax included. */
async function tokenMs(sequence: Sequence, first: TokenId): Promise<number[]> {
  const times: number[] = [];
  let token = first;
  for (let count = 0; count < decodedTokens; count++) {
    const start = performance.now();
    const [logits] = await sequence.forward([token]);
    let best = 0;
    for (let id = 1; id < logits!.length; id++) if (logits![id]! > logits![best]!) best = id;
    token = best as TokenId;
    times.push(performance.now() - start);
  }
  sequence.rollback(decodedTokens);
  return times;
}

const tokens = promptTokens(contexts.at(-1)!) as TokenId[];
const sequence = loaded.model.open();
await read(sequence, tokens.slice(0, 64));
sequence.rollback(64);

const prefillRate: Record<number, number> = {};
for (const length of prompts) {
  prefillRate[length] = (1000 * length) / (await read(sequence, tokens.slice(0, length)));
  sequence.rollback(length);
}
const decoded: Record<number, number> = {};
for (const context of contexts) {
  await read(sequence, tokens.slice(sequence.tokens.length, context));
  decoded[context] = mean(await tokenMs(sequence, tokens[0]!));
}

// The same 200 tokens of context in a large and a small cache, alternating.
sequence.rollback(sequence.tokens.length - 200);
const small = loaded.model.open();
await read(small, tokens.slice(0, 1000));
small.rollback(800);
const capacity: { 1024: number[]; 4096: number[] } = { 1024: [], 4096: [] };
for (let round = 0; round < 6; round++) {
  capacity[1024].push(...(await tokenMs(small, tokens[0]!)));
  capacity[4096].push(...(await tokenMs(sequence, tokens[0]!)));
}
const byCapacity = { 1024: median(capacity[1024]), 4096: median(capacity[4096]) };
console.log(JSON.stringify({ tokenMs: decoded, prefillRate, peakMemory: peakMemory(), byCapacity }));
