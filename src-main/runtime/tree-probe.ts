import { logSumExp } from '../engine/distribution.ts';
import type { BranchingSequence, Logits, TokenId } from '../engine/model.ts';
import { topK } from '../engine/policy/top-k.ts';
import { probeTokens } from './width-probe.ts';

const promptLength = 8;
/** Leaves of the tree, and how many tokens each of them has. */
const leaves = 4;
const depth = 4;
/** How many of the likeliest tokens after each leaf are compared. */
const compared = 16;

interface Score {
  readonly token: number;
  readonly logProbability: number;
}

/**
 * Measures how far a tree of branches differs from the same texts read linearly, by nine forwards of a few tokens.
 * @param sequence empty
 * @returns the largest difference of a likely token's log-probability, in nats; Infinity if one is NaN
 */
export async function measureTreeDifference(
  sequence: BranchingSequence,
  vocabularySize: number,
): Promise<number> {
  const [row] = await sequence.forward(probeTokens(promptLength, vocabularySize));
  const first = likeliest(row!);
  const branches = sequence.branch();
  let paths: TokenId[][] = Array.from({ length: leaves }, (_, leaf) => [tokenOf(first, leaf)]);
  const steps: { readonly paths: readonly TokenId[][]; readonly scores: readonly Score[][] }[] = [];
  try {
    for (let step = 0; step < depth; step++) {
      const parents = paths.map((_, leaf) => (step === 0 ? 0 : leaf));
      const rows = await branches.advance(
        parents,
        paths.map((path) => path.at(-1)!),
      );
      const scores = rows.map(likeliest);
      steps.push({ paths, scores });
      paths = paths.map((path, leaf) => [...path, tokenOf(scores[leaf]!, 0)]);
    }
  } finally {
    branches.close();
  }
  let largest = 0;
  for (let leaf = 0; leaf < leaves; leaf++) {
    const path = steps.at(-1)!.paths[leaf]!;
    sequence.rollback(sequence.tokens.length - promptLength);
    const rows = await sequence.forward(path, path.length);
    for (const [step, { scores }] of steps.entries()) {
      largest = Math.max(largest, differenceAt(rows[step]!, scores[leaf]!));
    }
  }
  return largest;
}

function likeliest(logits: Logits): Score[] {
  const normaliser = logSumExp(logits);
  const { tokens, scores } = topK(logits, Math.min(compared, logits.length));
  return Array.from(tokens, (token, rank) => ({ token, logProbability: scores[rank]! - normaliser }));
}

function tokenOf(scores: readonly Score[], rank: number): TokenId {
  return (scores[rank % Math.max(1, scores.length)]?.token ?? 0) as TokenId;
}

function differenceAt(logits: Logits, scores: readonly Score[]): number {
  const normaliser = logSumExp(logits);
  const differences = scores.map(({ token, logProbability }) =>
    Math.abs(logits[token]! - normaliser - logProbability),
  );
  return differences.some(Number.isNaN) ? Infinity : Math.max(0, ...differences);
}
