import { logSumExp } from '../distribution.ts';
import type { HiddenStates, SequenceWithHiddenStates } from './hidden-states.ts';
import type { Logits, TokenId } from '../model.ts';
import { topK } from '../policy/top-k.ts';
import { DirectionStore } from './direction-store.ts';
import type { Step } from '../stepwise.ts';

export interface ContrastiveSettings {
  /** Weight of the degeneration penalty, 0 to 1; 0 is greedy. */
  readonly penalty: number;
  /** Candidates for each token, 1 to 64; 1 is greedy. */
  readonly candidates: number;
}

/** Prompt tokens whose hidden states are asked for in one forward: each costs a row of logits as well. */
const revealedChunk = 64;

/**
 * Contrastive search (Su et al. 2022): of the likeliest `candidates` the one with the highest
 * (1 - penalty) · probability - penalty · similarity, where similarity is the largest cosine between its
 * hidden state and that of any token before it. All candidates of a token are read in one forward.
 * Without end: the caller returns the generator when it has enough.
 */
export async function* contrastive(
  sequence: SequenceWithHiddenStates,
  prompt: readonly TokenId[],
  { penalty, candidates }: ContrastiveSettings,
): AsyncGenerator<Step, never> {
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
      yield { token: tokens[leaf] as TokenId, logits, policyProbability: 1 };
      // A copy: the next forward writes over the rows.
      logits = rows[leaf]!.slice();
    }
  } finally {
    branches.close();
  }
}

/** Reads the whole prompt anew, since hidden states aren't kept with the cache; gives the logits after it. */
async function readPrompt(
  sequence: SequenceWithHiddenStates,
  prompt: readonly TokenId[],
  directions: DirectionStore,
): Promise<Logits> {
  sequence.rollback(sequence.tokens.length);
  let last: Logits | undefined;
  for (let start = 0; start < prompt.length; start += revealedChunk) {
    const chunk = prompt.slice(start, start + revealedChunk);
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
