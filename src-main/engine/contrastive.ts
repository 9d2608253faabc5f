import { ForedraftError } from '../contract/error.ts';
import type { Strategy } from '../contract/strategy.ts';
import { logSumExp } from './distribution.ts';
import type { HiddenStates, Logits, Sequence, SequenceWithHiddenStates, TokenId } from './model.ts';
import { topK } from './policy/top-k.ts';
import type { DecodedToken, DecodingRun } from './strategy/decoder.ts';

export function decodeContrastive(
  { penalty, topK: candidates }: Extract<Strategy, { kind: 'contrastive' }>,
  { sequence, context }: DecodingRun,
): AsyncGenerator<DecodedToken, never> {
  return contrastive(withHiddenStates(sequence), context, { penalty, candidates });
}

function withHiddenStates(sequence: Sequence): SequenceWithHiddenStates {
  if ('branch' in sequence && 'hiddenStates' in sequence) return sequence as SequenceWithHiddenStates;
  throw new ForedraftError(
    'model-unsupported',
    `This model's sequences have no hidden states, which the strategy needs: choose greedy or sampling.`,
  );
}

export interface ContrastiveSettings {
  /** Weight of the degeneration penalty, 0 to 1; 0 is greedy. */
  readonly penalty: number;
  /** Candidates for each token, 1 to 64; 1 is greedy. */
  readonly candidates: number;
}

/** Prompt tokens of one forward: each of them costs a row of logits, since their hidden states are needed. */
const promptChunk = 64;

/**
 * Contrastive search (Su et al. 2022): among the `candidates` most likely tokens, the one with the highest
 * (1 - penalty) · probability - penalty · similarity, where similarity is the largest cosine between its
 * hidden state and that of any earlier token. All candidates for a token are read in one forward.
 * Without end: the caller returns the generator when it has enough.
 */
export async function* contrastive(
  sequence: SequenceWithHiddenStates,
  prompt: readonly TokenId[],
  { penalty, candidates }: ContrastiveSettings,
): AsyncGenerator<DecodedToken, never> {
  const directions = new DirectionStore();
  let logits = await readPrompt(sequence, prompt, directions);
  const branches = sequence.branch();
  try {
    for (let leaf = 0; ;) {
      const normaliser = logSumExp(logits);
      const { tokens, scores } = topK(logits, candidates);
      const rows = await branches.advance(
        Array.from(tokens, () => leaf),
        Array.from(tokens) as TokenId[],
      );
      leaf = best(branches, directions, (index) => Math.exp(scores[index]! - normaliser), penalty);
      directions.add(branches.hiddenStates()[leaf]!);
      yield { type: 'decoded-token', token: tokens[leaf] as TokenId, logits, policyLogProbability: 0 };
      // A copy: the next forward overwrites the rows.
      logits = rows[leaf]!.slice();
    }
  } finally {
    branches.close();
  }
}

/**
 * Reads the whole prompt from its first token, since hidden states aren't kept with the cache.
 * @returns the logits after it
 */
async function readPrompt(
  sequence: SequenceWithHiddenStates,
  prompt: readonly TokenId[],
  directions: DirectionStore,
): Promise<Logits> {
  sequence.rollback(sequence.tokens.length);
  let last: Logits | undefined;
  for (let start = 0; start < prompt.length; start += promptChunk) {
    const chunk = prompt.slice(start, start + promptChunk);
    const rows = await sequence.forward(chunk, chunk.length);
    for (const state of sequence.hiddenStates()) directions.add(state);
    last = rows.at(-1)?.slice();
  }
  if (!last) throw new RangeError('contrastive search of an empty prompt');
  return last;
}

function best(
  states: HiddenStates,
  directions: DirectionStore,
  probability: (index: number) => number,
  penalty: number,
): number {
  let found = 0;
  let highest = -Infinity;
  states.hiddenStates().forEach((state, index) => {
    const score = (1 - penalty) * probability(index) - penalty * directions.similarity(state);
    if (score > highest) {
      highest = score;
      found = index;
    }
  });
  return found;
}

/** Vectors of one length, stored normalised, for their cosines with another vector. */
export class DirectionStore {
  #directions = new Float32Array(0);
  #count = 0;

  add(vector: Float32Array): void {
    const size = vector.length;
    if ((this.#count + 1) * size > this.#directions.length) this.#grow(size);
    const scale = 1 / norm(vector);
    const start = this.#count * size;
    for (let index = 0; index < size; index++) this.#directions[start + index] = vector[index]! * scale;
    this.#count++;
  }

  /** The largest cosine between `vector` and any vector added; -1 if there is none. */
  similarity(vector: Float32Array): number {
    const size = vector.length;
    let largest = -Infinity;
    for (let start = 0; start < this.#count * size; start += size) {
      let product = 0;
      for (let index = 0; index < size; index++) product += this.#directions[start + index]! * vector[index]!;
      if (product > largest) largest = product;
    }
    return this.#count === 0 ? -1 : largest / norm(vector);
  }

  #grow(size: number): void {
    const grown = new Float32Array(Math.max(256 * size, 2 * this.#directions.length));
    grown.set(this.#directions);
    this.#directions = grown;
  }
}

/** Euclidean norm; 1 for the zero vector, so that it can be a divisor. */
function norm(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum) || 1;
}
