/** The end of a text that repeats one unit over and over. */
export interface TextLoop {
  /** Where the first copy starts, in UTF-16 units. */
  readonly start: number;
  /** Where the second copy starts. */
  readonly second: number;
  /** Whole copies. */
  readonly copies: number;
}

/** How much of the end of a text is searched, in UTF-16 units. */
const reach = 4096;
const letter = /\p{L}/u;
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/gu;
/** Lists count up while they repeat an item. */
const listNumber = /(?<=^|\n)[ \t]*\d{1,4}[.)、]/g;

/** Rules, table borders, columns of zeros and leaders are long, and none of them is a loop. */
const leastWithoutLetters = { copies: 8, width: 600 };
/** On lines of their own, such as a lone mark, they are one sooner. */
const leastLines = { copies: 24, width: 60 };
/** The longer a unit, the fewer copies of it are written on purpose. */
const leastWithLetters = [
  { unitBelow: 24, copies: 16 },
  { unitBelow: 80, copies: 10 },
  { unitBelow: 240, copies: 6 },
  { unitBelow: Infinity, copies: 4 },
] as const;
const leastWidth = 160;
/** Copies in the source from which on its own repetition counts. */
const repeatedInSource = 3;

/**
 * The loop that `text` ends in, or null. Short repetition is no loop: refrains, lists, tables, rules, rows of numbers.
 * Nor is one that `source` contains, such as the passage that the text rewrites.
 * Neither the copies nor their width depend on how the text was divided into tokens.
 */
export function loopAtEnd(text: string, source = ''): TextLoop | null {
  const from = Math.max(0, text.length - reach);
  const { plain, places } = withoutListNumbers(text.slice(from));
  const found = periodAtEnd(plain);
  if (found === null) return null;
  const { period, length } = found;
  const copies = Math.floor(length / period);
  const unit = plain.slice(plain.length - period);
  if (copies <= copiesIn(withoutListNumbers(source).plain, unit) * 1.5) return null;
  const start = plain.length - length;
  return { start: from + places(start), second: from + places(start + period), copies };
}

/** Whether `text` ends in a loop. @param source as in `loopAtEnd`; called only if something repeats */
export function endsInLoop(text: string, source: () => string): boolean {
  return loopAtEnd(text) !== null && loopAtEnd(text, source()) !== null;
}

/** Watches a growing text for a loop. */
export class LoopWatch {
  #end = '';
  readonly #source: () => string;

  /** @param source as in `endsInLoop` */
  constructor(source: () => string) {
    this.#source = source;
  }

  /** Adds `text`; returns whether all text so far ends in a loop. */
  add(text: string): boolean {
    if (text === '') return false;
    this.#end = (this.#end + text).slice(-reach);
    return endsInLoop(this.#end, this.#source);
  }
}

/** The shortest period with enough copies at the end of `text`, and the length over which it holds. */
function periodAtEnd(text: string): { readonly period: number; readonly length: number } | null {
  const matches = suffixMatches(text);
  const fewest = leastWithLetters.at(-1)!.copies;
  for (let period = 1; period * fewest <= text.length; period++) {
    const length = matches[period]! + period;
    if (length >= period * fewest && isLoop(text.slice(text.length - period), length / period))
      return { period, length };
  }
  return null;
}

function isLoop(unit: string, ratio: number): boolean {
  const unitWidth = unit.length + (unit.match(wide)?.length ?? 0);
  const copies = Math.floor(ratio);
  const width = unitWidth * ratio;
  if (!letter.test(unit)) {
    const least = /\S\s*\n|\n\s*\S/u.test(unit) ? leastLines : leastWithoutLetters;
    return copies >= least.copies && width >= least.width;
  }
  const least = leastWithLetters.find(({ unitBelow }) => unitWidth < unitBelow)!;
  return copies >= least.copies && width >= leastWidth;
}

/** For each shift, how many characters the end of `text` agrees with itself: the Z-function of the reversed text. */
function suffixMatches(text: string): Int32Array {
  const { length } = text;
  const at = (place: number) => text.charCodeAt(length - 1 - place);
  const matches = new Int32Array(length);
  let [left, right] = [0, 0];
  for (let shift = 1; shift < length; shift++) {
    let match = shift < right ? Math.min(right - shift, matches[shift - left]!) : 0;
    while (shift + match < length && at(match) === at(shift + match)) match++;
    matches[shift] = match;
    if (shift + match > right) [left, right] = [shift, shift + match];
  }
  return matches;
}

/** The text without the numbers of its lists, and where a place in it is in `text`. */
function withoutListNumbers(text: string): {
  readonly plain: string;
  readonly places: (at: number) => number;
} {
  const cuts = [...text.matchAll(listNumber)].map(({ index, 0: { length } }) => ({ index, length }));
  if (cuts.length === 0) return { plain: text, places: (at) => at };
  return {
    plain: text.replace(listNumber, ''),
    places(at) {
      let place = at;
      // A place where a number was cut is before that number.
      for (const { index, length } of cuts) if (index < place) place += length;
      return place;
    },
  };
}

/** The most copies of `unit` in a row in `source`; 0 if it doesn't repeat it there. */
function copiesIn(source: string, unit: string): number {
  let copies = 0;
  while ((copies + 1) * unit.length <= source.length && source.includes(unit.repeat(copies + 1))) copies++;
  return copies < repeatedInSource ? 0 : copies + 1;
}
