import type { WidthRule } from '../contract/model-card.ts';
import type { Sequence, TokenId } from '../engine/model.ts';

const probeLength = 12;
/** Width of every forward if only equal widths agree: enough for a round of speculation. */
const fixedWidth = 8;

/** Ways to split the probe into forwards; all others are compared with the first. */
const cuts: readonly (readonly number[])[] = [
  [12],
  [2, 2, 2, 2, 2, 2],
  [3, 3, 3, 3],
  [4, 8],
  [5, 7],
  [1, 4, 1, 6],
];

/** The logits after each token of the probe, read in forwards of the given widths. */
async function logitsOf(sequence: Sequence, tokens: readonly TokenId[], cut: readonly number[]) {
  sequence.rollback(sequence.tokens.length);
  const rows: Float32Array[] = [];
  let start = 0;
  for (const width of cut) {
    const logits = await sequence.forward(tokens.slice(start, start + width), width);
    rows.push(...logits.map((row) => row.slice()));
    start += width;
  }
  return rows;
}

/** The largest difference between corresponding logits; 0 means bit for bit equal. */
function largestDifference(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let largest = 0;
  a.forEach((row, index) => {
    const other = b[index]!;
    for (let token = 0; token < row.length; token++) {
      const difference = Math.abs(row[token]! - other[token]!);
      if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
    }
  });
  return largest;
}

async function spread(sequence: Sequence, tokens: readonly TokenId[]): Promise<number> {
  const whole = await logitsOf(sequence, tokens, cuts[0]!);
  let largest = 0;
  for (const cut of cuts.slice(1)) {
    largest = Math.max(largest, largestDifference(whole, await logitsOf(sequence, tokens, cut)));
  }
  return largest;
}

/**
 * Measures how far a loaded model's outputs depend on how its tokens are batched, which varies by processor and
 * provider, with some twenty forwards of a few tokens.
 * @param open opens an empty sequence that runs under the given rule
 */
export async function probeWidths(
  open: (rule: WidthRule) => Sequence,
  vocabularySize: number,
): Promise<WidthRule> {
  const tokens = probeTokens(probeLength, vocabularySize);
  const measure = async (rule: WidthRule) => {
    const sequence = open(rule);
    try {
      return await spread(sequence, tokens);
    } finally {
      sequence.close();
    }
  };
  const paired = await measure({ kind: 'paired' });
  if (paired === 0) return { kind: 'paired' };
  const fixed: WidthRule = { kind: 'fixed', width: fixedWidth };
  if ((await measure(fixed)) === 0) return fixed;
  return { kind: 'rounding', difference: paired };
}

/** Tokens to probe a model with, spread over its vocabulary; any distinct ones would do. */
export function probeTokens(count: number, vocabularySize: number): TokenId[] {
  return Array.from({ length: count }, (_, index) => ((index * 7919 + 17) % vocabularySize) as TokenId);
}
