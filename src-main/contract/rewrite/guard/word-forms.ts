import { commonWords } from './common-words.ts';
import { confusedWords } from './confused-words.ts';
import { irregularForms } from './irregular-forms.ts';
import { editDistance } from '../shared-words.ts';
import { bare, isFunctionWord, isNegation } from './word-classes.ts';

/**
 * How a new word may have come of an old one. `same`: but for capitals and apostrophes; `form`: another form or
 * derivation; `confused`: one that is often taken for the other; `spelling`: a typo; `near`: another word that is
 * spelt nearly like it; `other`: unlike it.
 */
export type Likeness = 'same' | 'form' | 'confused' | 'spelling' | 'near' | 'other';

/** In letters: longer ones are no words. */
const longestWord = 40;

const endings = [
  'ings',
  'ing',
  'ied',
  'ies',
  'iest',
  'ier',
  'est',
  'ed',
  'es',
  'er',
  'ly',
  's',
  'd',
  'n',
  'en',
  'y',
  'e',
];
/** What two words of one stem may end in. */
const suffixes = new Set(
  's es ed d ing er ers or ors est r st ly n en t ion ions ation ations ition tion sion ment ments ness al ally ity ive able ible ance ence ant ent ous y ies ied ier iest ily ist ism th ful fully e ic ical ically ise ize ised ized ises izes ising izing isation ization our ours ured ring tre ter st'
    .split(' ')
    .concat(''),
);
const negatingPrefix = /^(?:un|in|im|ir|il|dis|non|mis|anti)-?/u;
const negatingSuffix = /(?:less|free)(?:ly|ness)?$/u;

const families = familiesOf(irregularForms);
const confusions = familiesOf(confusedWords);
const common = new Set(commonWords);

function familiesOf(lines: readonly string[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const [index, line] of lines.entries())
    for (const word of line.split(' ')) {
      const key = bare(word);
      found.set(key, (found.get(key) ?? new Set()).add(index));
    }
  return found;
}

function shareFamily(of: ReadonlyMap<string, ReadonlySet<number>>, one: string, other: string): boolean {
  const [first, second] = [of.get(one), of.get(other)];
  return first !== undefined && second !== undefined && [...first].some((family) => second.has(family));
}

/** How `now` may have come of `old`; both may be of any case and have either apostrophe. */
export function likeness(old: string, now: string): Likeness {
  const [one, other] = [bare(old), bare(now)];
  if (one === other) return 'same';
  if (Math.max(one.length, other.length) > longestWord) return 'other';
  if (areConfused(one, other)) return 'confused';
  if (stemsOf(one).some((first) => stemsOf(other).some((second) => shareFamily(families, first, second))))
    return 'form';
  if (isNegated(one) !== isNegated(other) && withoutNegation(one) === withoutNegation(other)) return 'other';
  if (isNegation(old) !== isNegation(now) && !isUnknown(one)) return 'other';
  const changed = editDistance(one, other);
  if (isDerived(one, other)) return 'form';
  const short = Math.min(one.length, other.length);
  const long = Math.max(one.length, other.length);
  if (!isUnknown(one)) return changed === 1 || (changed === 2 && short >= 6) ? 'near' : 'other';
  const allowed = long <= 4 ? 1 : long <= 6 ? 2 : long <= 9 ? 3 : 4;
  const sameStart = one[0] === other[0] || changed === 1;
  if (changed <= allowed && (changed <= 2 || sameStart) && changed < short)
    return isUnknown(other) ? 'near' : 'spelling';
  return stemsMeet(one, other) ? 'form' : 'other';
}

/** Whether a word is taken for the other, or for a form of it: “loose” and “lost”. */
function areConfused(one: string, other: string): boolean {
  if (shareFamily(confusions, one, other)) return true;
  if (isFunctionWord(one) || isFunctionWord(other)) return false;
  if (
    one.endsWith('s') &&
    other.endsWith('s') &&
    shareFamily(confusions, one.slice(0, -1), other.slice(0, -1))
  )
    return true;
  const mates = [...(confusions.get(one) ?? [])].flatMap((line) => confusedWords[line]!.split(' '));
  return mates.some((mate) => !isFunctionWord(mate) && shareFamily(families, mate, other));
}

/** Whether a word is in none of the lists, nor a regular form of one that is. @param word as by `bare` */
export function isUnknown(word: string): boolean {
  const known = (one: string) =>
    common.has(one) || families.has(one) || confusions.has(one) || isFunctionWord(one);
  return !known(word) && !basesOf(word).some((base) => base.length > 2 && known(base));
}

/** Regular endings with what they replace; `doubled`: also after a doubled consonant. */
const inflections: readonly (readonly [ending: RegExp, replaced: readonly string[], doubled: boolean])[] = [
  [/(?<=[^sxy]|[aeo]y|[^s]s)'?s$/u, [''], false],
  [/(?<=s|x|z|ch|sh|o)es$/u, [''], false],
  [/i(?:es|ed|er|est|ly)$/u, ['y'], false],
  [/(?<!(?<![eo])e)(?:ed|er|est|ing|ings|able)$/u, ['', 'e'], true],
  [/ly$/u, ['', 'le'], false],
  [/(?:ness|ful|ment|less)$/u, [''], false],
];

/** What a word may be a regular form of. */
function basesOf(word: string): readonly string[] {
  return inflections.flatMap(([ending, replaced, doubled]) => {
    if (!ending.test(word)) return [];
    const stem = word.replace(ending, '');
    const bases = replaced.map((letters) => stem + letters);
    return doubled && /([b-df-hj-np-tv-z])\1$/u.test(stem) ? [...bases, stem.slice(0, -1)] : bases;
  });
}

/** A misspelt stem with another ending, such as “studing” and “studies”. */
function stemsMeet(one: string, other: string): boolean {
  return stemsOf(one).some((first) =>
    stemsOf(other).some(
      (second) => first.length >= 4 && second.length >= 4 && editDistance(first, second) <= 1,
    ),
  );
}

function stemsOf(word: string): readonly string[] {
  const stems = [word];
  for (const ending of endings) {
    if (!word.endsWith(ending) || word.length - ending.length < 2) continue;
    const stem = word.slice(0, -ending.length);
    stems.push(stem, `${stem}e`, `${stem}y`);
    if (/([b-df-hj-np-tv-z])\1$/u.test(stem)) stems.push(stem.slice(0, -1));
  }
  return stems;
}

function isDerived(one: string, other: string): boolean {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  const longest = Math.max(one.length, other.length);
  for (let stem = length; stem >= Math.max(2, Math.ceil(longest * 0.4)); stem--) {
    const [first, second] = [one.slice(stem), other.slice(stem)];
    const doubled = (end: string) => (end[0] === one[stem - 1] ? end.slice(1) : end);
    if (stem === 2 && longest > 4) return false;
    if (
      (suffixes.has(first) || suffixes.has(doubled(first))) &&
      (suffixes.has(second) || suffixes.has(doubled(second)))
    )
      return true;
  }
  return false;
}

const isNegated = (word: string) => negatingPrefix.test(word) || negatingSuffix.test(word);
const withoutNegation = (word: string) =>
  word
    .replace(negatingPrefix, '')
    .replace(negatingSuffix, '')
    .replace(/ful(?:ly|ness)?$/u, '');
