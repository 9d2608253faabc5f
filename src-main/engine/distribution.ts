import { fastExp } from './fast-exp.ts';
import type { Logits, TokenId } from './model.ts';

/** Probabilities of the tokens that may come next; every other token has none. */
export interface Distribution {
  readonly tokens: Int32Array;
  /** Parallel to `tokens`; they sum to 1. */
  readonly probabilities: Float64Array;
}

/** The most likely token; ties go to the lowest id. */
export function argmax(logits: Logits): TokenId {
  let best = 0;
  for (let token = 1; token < logits.length; token++) {
    if (logits[token]! > logits[best]!) best = token;
  }
  return best as TokenId;
}

/** The natural logarithm of the sum of exponentials, which turns a logit into a log-probability. */
export function logSumExp(logits: Logits): number {
  let largest = -Infinity;
  // By index: twice as fast as by iterator, and searches compute it for every hypothesis in every step.
  for (let token = 0; token < logits.length; token++) {
    if (logits[token]! > largest) largest = logits[token]!;
  }
  let sum = 0;
  for (let token = 0; token < logits.length; token++) sum += fastExp(logits[token]! - largest);
  return largest + Math.log(sum);
}

/** Probability 1 for one token. */
export function certain(token: TokenId): Distribution {
  return { tokens: Int32Array.of(token), probabilities: Float64Array.of(1) };
}

/** The probability of `token`; 0 if the policy excluded it. */
export function probabilityOf(distribution: Distribution, token: TokenId): number {
  return distribution.probabilities[distribution.tokens.indexOf(token)] ?? 0;
}
