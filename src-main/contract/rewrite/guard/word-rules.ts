import type { Difference } from './alignment.ts';
import { endsSentence, isName, type Sides } from './sides.ts';
import { isWord, startsSentence, type TextToken } from './tokens.ts';
import { reverted, sure, unsure, type Verdict } from './verdict.ts';
import {
  areContrasts,
  bare,
  isNegation,
  isNuance,
  isProperWord,
  isRepeatable,
  plain,
} from './word-classes.ts';
import { isWrongArticle, losesPlural } from './usage-rules.ts';
import { editDistance } from '../shared-words.ts';
import { isUnknown, likeness } from './word-forms.ts';

const numberWords = new Set(
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen'.split(
    ' ',
  ),
);
/** What a second negation becomes. */
const singleNegations: Readonly<Record<string, readonly string[]>> = {
  nothing: ['anything'],
  nobody: ['anybody', 'anyone'],
  noone: ['anybody', 'anyone'],
  none: ['any'],
  no: ['any', 'a', 'an', 'one'],
  never: ['ever'],
  nowhere: ['anywhere'],
  neither: ['either'],
  nor: ['or'],
};
const zhConfused = [
  '的地得',
  '在再',
  '做作',
  '坐座',
  '像象',
  '哪那',
  '己已',
  '带戴',
  '帐账',
  '度渡',
  '候侯',
  '题提',
  '以已',
  '进近',
  '清请',
  '园圆',
  '名明',
  '须需',
  '吧把',
  '它他',
  '绩迹',
  '练炼',
  '辨辩',
  '既即',
];

/** A word replaced by another. */
export function replacedWord(sides: Sides, i: number, j: number): Verdict {
  const [old, now] = [sides.old[i]!, sides.now[j]!];
  if (isNegation(old.text) !== isNegation(now.text)) return changedNegation(sides, i, j);
  if (old.kind === 'han' || now.kind === 'han') {
    const confused = zhConfused.some((set) => set.includes(old.text) && set.includes(now.text));
    return confused || (sides.isFree(old) && sides.isFree(now)) ? sure : unsure('word');
  }
  const alike = likeness(old.text, now.text);
  if (alike === 'same') return sameLetters(sides, i, j);
  if (isWrongArticle(sides.now, j) && !isWrongArticle(sides.old, i)) return reverted('word');
  if (losesPlural(sides, i, j)) return reverted('word');
  const [one, other] = [bare(old.text), bare(now.text)];
  if (numberWords.has(one) || numberWords.has(other))
    return alike === 'form' || alike === 'confused'
      ? unsure('number')
      : isUnknown(one) && alike === 'spelling'
        ? sure
        : reverted('number');
  const named = replacedName(sides, i, j);
  if (named !== null) return named;
  if (alike === 'form' || alike === 'confused') return sure;
  if (alike === 'spelling') return sure;
  if (sides.isFree(old) && sides.isFree(now)) return areContrasts(one, other) ? unsure('meaning') : sure;
  if (isNuance(old.text) && isNuance(now.text)) return unsure('meaning');
  return alike === 'near' ? unsure('word') : reverted('new-words');
}

/** A word that has the same letters as the old one, and other capitals or apostrophes. */
function sameLetters(sides: Sides, i: number, j: number): Verdict {
  const [{ text: old }, { text: now }] = [sides.old[i]!, sides.now[j]!];
  if (plain(old) === plain(now) && old.toLowerCase() !== now.toLowerCase()) return reverted('quotation');
  const letters = (word: string) => word.replace(/['’]/gu, '');
  return letters(old) === letters(now) ? sure : otherCapitals(sides, i, j);
}

function otherCapitals(sides: Sides, i: number, j: number): Verdict {
  const [old, now] = [sides.old[i]!.text, sides.now[j]!.text];
  const [upper, lower] = [/^\p{Lu}/u, /^\p{Ll}/u];
  const rest = (word: string) =>
    bare(word) === word.replace(/['’]/gu, '') || /^\p{Lu}[^\p{Lu}]*$/u.test(word);
  if (!rest(old) || !rest(now)) return isUnknown(bare(old)) ? reverted('name') : unsure('capital');
  if (lower.test(old) && upper.test(now)) {
    if (/^i(?:m|ve|ll|d)?$/u.test(bare(now)) || isProperWord(now)) return sure;
    if (startsSentence(sides.now, j) !== true) return unsure('capital');
    return startsItem(sides.old, i) ? unsure('capital') : sure;
  }
  const atStart = startsSentence(sides.old, i);
  if (atStart === false)
    return isUnknown(bare(old)) || isProperWord(old) ? reverted('name') : unsure('capital');
  return startsSentence(sides.now, j) === true || isUnknown(bare(old)) ? unsure('capital') : sure;
}

/** Whether a token starts a line that may be no sentence: an item, or what follows a line without a stop. */
function startsItem(tokens: readonly TextToken[], index: number): boolean {
  let at = index - 1;
  while (at >= 0 && tokens[at]!.kind !== 'break') {
    if (/^[-*+•)]$/u.test(tokens[at]!.text)) return true;
    if (endsSentence(tokens[at]!) || isWord(tokens[at]!)) return false;
    at--;
  }
  const before = tokens[at - 1];
  return before !== undefined && !endsSentence(before) && before.kind !== 'quote';
}

/** The verdict on a name that is spelt differently, or that replaces another word; null if there is no name. */
function replacedName(sides: Sides, i: number, j: number): Verdict | null {
  const [old, now] = [sides.old[i]!.text, sides.now[j]!.text];
  const alike = likeness(old, now);
  if (isProperWord(now) && (alike === 'spelling' || (alike === 'near' && !isProperWord(old)))) return sure;
  if (isName(sides.old, i)) {
    if (new RegExp(`^${bare(old)}s$`, 'u').test(bare(now)) && /['’]/u.test(now)) return sure;
    if (isUnknown(bare(old)))
      return !isUnknown(bare(now)) && alike === 'spelling' ? unsure('name') : reverted('name');
    return isProperWord(old) ? reverted('name') : null;
  }
  if (isName(sides.now, j))
    return isUnknown(bare(now)) || alike === 'other' ? reverted('name') : unsure('name');
  const both = /^\p{Lu}/u.test(old) && /^\p{Lu}/u.test(now);
  return both && sides.english && isUnknown(bare(old)) && isUnknown(bare(now)) ? reverted('name') : null;
}

/** A negation lost or gained, which is right only where another one stays. */
function changedNegation(sides: Sides, i: number, j: number): Verdict {
  const [old, now] = [bare(sides.old[i]!.text), bare(sides.now[j]!.text)];
  const [before, after] = [sides.negationsAround(sides.old, i), sides.negationsAround(sides.now, j)];
  if (isUnknown(old) && likeness(old, now) === 'spelling') return sure;
  if (singleNegations[old]?.includes(now) === true && before >= 2 && after >= 1) return sure;
  if (now === 'nor' && old === 'or' && before >= 1) return sure;
  return reverted('negation');
}

/** A word that is left out. */
export function removedWord(sides: Sides, i: number): Verdict {
  const token = sides.old[i]!;
  const neighbours = [sides.old[i - 1], sides.old[i + 1]];
  if (
    token.kind === 'word' &&
    neighbours.some((other) => other !== undefined && plain(other.text) === plain(token.text))
  )
    return isRepeatable(token.text) || isName(sides.old, i) ? unsure('repetition') : sure;
  if (isNegation(token.text)) return reverted('negation');
  if (isName(sides.old, i)) return reverted('name');
  if (numberWords.has(bare(token.text))) return reverted('number');
  if (isNuance(token.text)) return unsure('meaning');
  if (sides.isFree(token)) return sure;
  return token.kind === 'han' ? unsure('lost-words') : reverted('lost-words');
}

/** A word that is put in. */
export function addedWord(sides: Sides, j: number): Verdict {
  const token = sides.now[j]!;
  if (isNegation(token.text)) return reverted('negation');
  if (isName(sides.now, j)) return reverted('name');
  if (numberWords.has(bare(token.text))) return reverted('number');
  if (isNuance(token.text)) return unsure('meaning');
  if (sides.isFree(token)) return sure;
  return token.kind === 'han' ? unsure('new-words') : reverted('new-words');
}

const contractions: Readonly<Record<string, readonly string[]>> = {
  m: ['am'],
  re: ['are'],
  ve: ['have'],
  ll: ['will', 'shall'],
  d: ['had', 'would'],
  s: ['is', 'has', 'us'],
};

/** Whether words are joined or divided, as in “alot”, “can not” and “I’m”. */
export function isJoinedOrDivided(one: readonly TextToken[], other: readonly TextToken[]): boolean {
  if (![...one, ...other].every(({ kind }) => kind === 'word')) return false;
  if (isDoubledNoOne(one, other)) return true;
  const [a, b] = [one, other].map((tokens) => bare(tokens.map(({ text }) => text).join('')));
  if (a === b) return true;
  const [whole, parts] = one.length === 1 ? [one, other] : [other, one];
  if (whole.length !== 1 || parts.length !== 2) return false;
  const [first, second] = parts.map(({ text }) => bare(text));
  if (isContraction(whole[0]!.text, first ?? '', second ?? '')) return true;
  return a!.length >= 5 && isUnknown(bare(whole[0]!.text)) && editDistance(a!, b!) <= 1;
}

/** Whether “no one” becomes what it is beside another negation. */
function isDoubledNoOne(one: readonly TextToken[], other: readonly TextToken[]): boolean {
  const [old, now] = [one, other].map((tokens) => tokens.map(({ text }) => bare(text)).join(' '));
  return old === 'no one' && (now === 'anyone' || now === 'anybody');
}

/** Whether `word` is short for two words; an apostrophe may be missing in a negation. */
function isContraction(word: string, first: string, second: string): boolean {
  const [, stem, ending] = /^(.+)['’](m|re|ve|ll|d|s)$/u.exec(plain(word)) ?? [];
  if (stem === first && contractions[ending ?? '']?.includes(second) === true) return true;
  const negated = /^(.+)n['’]?t$/u.exec(plain(word))?.[1];
  if (negated === undefined || second !== 'not') return false;
  return negated === first || (negated === 'wo' && first === 'will') || (negated === 'ca' && first === 'can');
}

/** Words joined or divided. */
export function dividedWords(sides: Sides, unit: Difference): Verdict {
  const negated = (tokens: readonly TextToken[]) => tokens.some(({ text }) => isNegation(text));
  if (negated(sides.before(unit)) !== negated(sides.after(unit))) {
    const others = [
      sides.negationsAround(sides.old, unit.from) - 1,
      sides.negationsAround(sides.now, unit.start),
    ];
    const single =
      isDoubledNoOne(sides.before(unit), sides.after(unit)) && others.every((count) => count > 0);
    return single ? sure : reverted('negation');
  }
  for (let at = unit.from; at < unit.to; at++)
    if (isName(sides.old, at) && isUnknown(bare(sides.old[at]!.text))) return reverted('name');
  const [one, other] = [sides.before(unit), sides.after(unit)].map((tokens) =>
    tokens.map(({ text }) => text).join(''),
  );
  // Right in either form: a matter of style.
  return /['’]/u.test(one!) !== /['’]/u.test(other!) && bare(one!) !== bare(other!) ? unsure('word') : sure;
}
