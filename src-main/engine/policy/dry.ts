import type { TokenId } from '../model.ts';
import type { Vocabulary } from '../vocabulary.ts';

export interface DrySettings {
  /** The penalty of a repetition of `allowedLength` tokens: greater than 0, commonly 0.8; 0 disables it. */
  readonly multiplier: number;
  /** Factor of the penalty for each further token: at least 1, commonly 1.75. */
  readonly base: number;
  /** Repetitions shorter than this are not penalised: at least 1, commonly 2. */
  readonly allowedLength: number;
  /** Tokens that end a repetition, such as line breaks, quotes and speakers' names; they are never penalised. */
  readonly breakers: ReadonlySet<TokenId>;
}

/**
 * DRY ("don't repeat yourself"): if the end of the context occurred before, the token that followed it there is
 * penalised by multiplier · base^(length - allowedLength), with the length of the longest such repetition (p-e-w
 * 2024). Repeated sentences become unlikely, while words and names may recur.
 * @param scores changed in place
 * @param start index of the first token of the context that counts
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

/**
 * For each number of tokens cut off the end of `context`, how many tokens before the cut equal the end of the
 * context. Linear in its length, however repetitive it is: Gusfield's Z algorithm, run from the end.
 * @param start index at which the context is taken to begin
 */
export function suffixMatches(context: readonly TokenId[], start: number): Int32Array {
  const size = context.length - start;
  const matches = new Int32Array(size);
  const last = context.length - 1;
  // The match that reaches furthest back: from `begin` to before `end`, counted from the end.
  let begin = 0;
  let end = 0;
  for (let back = 1; back < size; back++) {
    let length = back < end ? Math.min(end - back, matches[back - begin]!) : 0;
    while (back + length < size && context[last - length] === context[last - back - length]) length++;
    matches[back] = length;
    if (back + length > end) {
      begin = back;
      end = back + length;
    }
  }
  return matches;
}

/** The texts that end a repetition unless the settings name others. */
export const defaultBreakers: readonly string[] = ['\n', ':', '：', '"', '“', '”', '*'];

/** All tokens whose text contains one of `texts`. Reads the whole vocabulary: for once per run, not per token. */
export function tokensContaining(
  texts: readonly string[],
  vocabulary: Vocabulary,
  vocabularySize: number,
): ReadonlySet<TokenId> {
  const found = new Set<TokenId>();
  for (let id = 0; id < vocabularySize && texts.length > 0; id++) {
    const text = vocabulary.text(id as TokenId);
    if (texts.some((part) => text.includes(part))) found.add(id as TokenId);
  }
  return found;
}
