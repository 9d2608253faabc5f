import type { TokenId } from '../model.ts';

/**
 * Bans the end tokens until the answer has `minimum` tokens.
 * @param scores changed in place
 * @param length tokens of the answer so far
 * @param minimum at least 0; 0 bans nothing
 */
export function banEarlyEnd(
  scores: Float32Array,
  length: number,
  minimum: number,
  endTokens: ReadonlySet<TokenId>,
): void {
  if (length >= minimum) return;
  for (const token of endTokens) scores[token] = -Infinity;
}
