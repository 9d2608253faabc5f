/** How much of two texts is the same, as shares of their words, 0 to 1. */
export interface SharedWords {
  /** Of the old text, how much the new one has. */
  readonly kept: number;
  /** Of the new text, how much the old one has. */
  readonly own: number;
}

/** Words that nearly every text has, and that say nothing about what two texts share. */
const common = new Set(
  'a an the and or but if so as at by for from in into of on to with without is are was were be been am has have had do does did will would can could should may might must not no it its he she they we you i me my your his her their our us them this that these those there here which who whom what when where why how than then too very also just more most some any all each one'.split(
    ' ',
  ),
);
const unit = /\p{Script=Han}+|[\p{L}\p{M}\p{N}'’]+/gu;
const han = /^\p{Script=Han}/u;
/** Words left over on either side that are still compared letter by letter. */
const maxCompared = 400;

/**
 * What `before` and `after` share, wherever it is. Words that differ in an ending or a typo count as the same.
 * @param every whether common words count, too, and Chinese characters one by one; else only words that carry meaning,
 * where there are any, and pairs of characters
 */
export function sharedWords(before: string, after: string, every: boolean): SharedWords {
  const [old, now] = [wordsOf(before, every), wordsOf(after, every)];
  if (old.length === 0 || now.length === 0)
    return { kept: old.length === 0 ? 1 : 0, own: now.length === 0 ? 1 : 0 };
  const counts = new Map<string, number>();
  for (const word of now) counts.set(word, (counts.get(word) ?? 0) + 1);
  const missing: string[] = [];
  for (const word of old) {
    const count = counts.get(word) ?? 0;
    if (count > 0) counts.set(word, count - 1);
    else missing.push(word);
  }
  let same = old.length - missing.length;
  const left = [...counts].flatMap(([word, count]) => Array<string>(count).fill(word)).slice(0, maxCompared);
  for (const word of missing.slice(0, maxCompared)) {
    const at = left.findIndex((other) => isSimilar(word, other));
    if (at === -1) continue;
    left.splice(at, 1);
    same += 1;
  }
  return { kept: same / old.length, own: same / now.length };
}

/** Whether two words are forms of one: equal but for an ending or a typo. */
export function isSimilar(one: string, other: string): boolean {
  if (one === other) return true;
  if (han.test(one) || han.test(other)) return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < 3) return false;
  if (long.startsWith(short.slice(0, Math.max(4, Math.ceil(long.length * 0.55))))) return true;
  const allowed = long.length < 8 ? 1 : 2;
  return long.length - short.length <= allowed && editDistance(short, long) <= allowed;
}

function wordsOf(text: string, every: boolean): readonly string[] {
  const all = (text.toLowerCase().replace(/’/gu, "'").match(unit) ?? []).flatMap((word) =>
    han.test(word) ? (every ? [...word] : pairsOf(word)) : [word],
  );
  if (every) return all;
  const meaningful = all.filter((word) => !common.has(word));
  return meaningful.length > 0 ? meaningful : all;
}

function pairsOf(characters: string): readonly string[] {
  const single = [...characters];
  return single.length < 2 ? single : single.slice(1).map((character, index) => single[index]! + character);
}

/** How many letters of short words differ; two that are swapped count as one (Damerau 1964, restricted). */
export function editDistance(one: string, other: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swapped =
        one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped));
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}
