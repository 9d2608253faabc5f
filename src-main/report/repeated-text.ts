import type { RunToken } from '../contract/run.ts';

type Ids = readonly Pick<RunToken, 'id'>[];

/** Lengths of the stretches of a text that are looked at, besides the whole, in tokens. */
const stretches = [64, 256];
/** Tokens in a sequence, as in seq-rep-4. */
const sequence = 4;
/** The shortest text that can be said to repeat itself, in tokens: "no no no no" is an answer. */
const shortest = 24;
/** The share from which a text repeats itself. */
const threshold = 0.5;

/**
 * How much a text repeats itself where it does so most: the highest seq-rep-4 (Welleck et al. 2020), the share of
 * 4-grams that occurred before, of the whole text and of any 64 or 256 tokens of it, each taken by itself. So a loop is
 * found wherever it starts, while a refrain, or a word that a long text uses again and again, adds little.
 * @returns 0 to 1; 0 for a text of fewer than 24 tokens
 */
export function repeatedShare(tokens: Ids): number {
  if (tokens.length < shortest) return 0;
  const ngrams = ngramsOf(tokens);
  const lengths = [...stretches.filter((length) => length < tokens.length), tokens.length];
  return Math.max(...lengths.map((length) => highestShare(ngrams, length - sequence + 1)));
}

/** By the tokens of a text: a comparison is evaluated again whenever one of its runs changes. */
const known = new WeakMap<Ids, boolean>();

/** Whether most of some stretch of the text had occurred before in it. The tokens must not change afterwards. */
export function repeatsItself(tokens: Ids): boolean {
  const repeats = known.get(tokens) ?? repeatedShare(tokens) >= threshold;
  known.set(tokens, repeats);
  return repeats;
}

/** The 4-gram that starts at each token, as a number; equal ones have equal numbers. */
function ngramsOf(tokens: Ids): readonly number[] {
  const numbers = new Map<string, number>();
  return Array.from({ length: tokens.length - sequence + 1 }, (_, start) => {
    const key = tokens
      .slice(start, start + sequence)
      .map(({ id }) => id)
      .join(' ');
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/** The highest share, over all windows of `length`, of entries that occurred before in the same window. */
function highestShare(entries: readonly number[], length: number): number {
  const counts = new Map<number, number>();
  let fewest = length;
  entries.forEach((entry, place) => {
    counts.set(entry, (counts.get(entry) ?? 0) + 1);
    const left = entries[place - length];
    if (left !== undefined) {
      const count = counts.get(left) ?? 0;
      if (count > 1) counts.set(left, count - 1);
      else counts.delete(left);
    }
    if (place >= length - 1) fewest = Math.min(fewest, counts.size);
  });
  return 1 - fewest / length;
}
