import type { TokenId } from '../model.ts';
import { suffixMatches } from './suffix-matches.ts';

export interface DrySettings {
  /** The penalty of a repetition of `allowedLength` tokens: greater than 0, common is 0.8; 0 changes nothing. */
  readonly multiplier: number;
  /** By what each further token multiplies the penalty: at least 1, common is 1.75. */
  readonly base: number;
  /** Repetitions shorter than this cost nothing: at least 1, common is 2. */
  readonly allowedLength: number;
  /** Tokens that end a repetition, such as line breaks, quotes and the names of speakers; they are never penalised. */
  readonly breakers: ReadonlySet<TokenId>;
}

/**
 * Don't repeat yourself: where the end of the context occurred before, the token that followed it there loses
 * multiplier · base^(length - allowedLength), with the length of the longest such repetition (p-e-w 2024). Sentences
 * said again become unlikely, while words and names may return.
 * @param scores changed in place
 * @param start the first place of the context that counts
 */
export function penaliseRepeatedSequences(
  scores: Float32Array,
  context: readonly TokenId[],
  settings: DrySettings,
  start = 0,
): void {
  const { multiplier, base, allowedLength, breakers } = settings;
  if (multiplier <= 0) return;
  let longest = 0;
  while (longest < context.length - start && !breakers.has(context[context.length - 1 - longest]!)) longest++;
  if (longest < allowedLength) return;
  const lengths = new Map<TokenId, number>();
  const matches = suffixMatches(context, start);
  for (let back = 1; back < matches.length; back++) {
    const length = Math.min(matches[back]!, longest);
    const next = context[context.length - back]!;
    if (length >= allowedLength && length > (lengths.get(next) ?? 0)) lengths.set(next, length);
  }
  for (const [token, length] of lengths) {
    if (!breakers.has(token)) scores[token]! -= multiplier * base ** (length - allowedLength);
  }
}
