import { numbersIn } from '../../../src-main/contract/rewrite/facts.ts';
import { isSimilar } from '../../../src-main/contract/rewrite/shared-words.ts';
import { unitsOf } from './word-edits.ts';
import { toneFault } from './tone-checks.ts';
import type { ActionCase } from './sets.ts';

/** What written checks find in the text that an action offers. */
export interface Verdict {
  /** Why it does harm, such as `number lost`; null if it does none. */
  readonly harm: string | null;
  /** Why it isn't usable though it does no harm; null if it is usable. */
  readonly fault: string | null;
}

/** Least and most characters of a text, as multiples of its passage's; least shares of the words that carry meaning. */
interface Limits {
  readonly length: readonly [least: number, most: number];
  /** Of the passage, in the text. */
  readonly kept: number;
  /** Of the text, in the passage. */
  readonly own: number;
}

const limits = {
  rewrite: { length: [0.5, 1.8], kept: 0.25, own: 0.2 },
  formal: { length: [0.5, 2], kept: 0.3, own: 0.3 },
  friendly: { length: [0.6, 3], kept: 0.45, own: 0.3 },
  confident: { length: [0.3, 1.1], kept: 0.3, own: 0.7 },
  neutral: { length: [0.3, 1.3], kept: 0.35, own: 0.5 },
  shorten: { length: [0.2, 0.85], kept: 0.3, own: 0.8 },
  expand: { length: [1.3, 4.5], kept: 0.7, own: 0.1 },
  simplify: { length: [0.4, 1.8], kept: 0.2, own: 0.2 },
  summarise: { length: [0.08, 0.7], kept: 0.1, own: 0.7 },
} as const satisfies Readonly<Record<string, Limits>>;
type CheckedAction = keyof typeof limits;

const isChecked = (action: string): action is CheckedAction => action in limits;
/** Actions that may leave out what matters less. */
const selective = new Set<string>(['shorten', 'summarise']);

const comment =
  /^(?:sure\b|certainly\b|here(?:['’]s| is| are)\b|i['’]m sorry, but i\b|as an ai\b|the (?:corrected|original|rewritten|text|passage)\b|以下是|好的[，,]|当然|作为(?:一个)?(?:AI|人工智能))/iu;
const letter = /\[[^\]\n]*\]|^subject:|^dear\b|\bregards\b|\bsincerely\b|^尊敬的|此致/imu;
/** A negation that turns a statement round. */
const strict =
  /\b(?:not|no|never|nobody|nothing|none|neither|nor|cannot|no one)\b|n['’]t\b|(?<![要分特区差个告类级离])[不没别](?!过|但|仅|错|少|久|断|然|管|论|同|客气|好意思|得不|妨|禁|如)|[未勿]/iu;
/** Every way to deny, refuse or lack. */
const loose =
  /\b(?:not|no|never|nobody|nothing|none|neither|nor|cannot|no one|without|unable|unless|hardly|rarely|seldom|barely|only|fail(?:s|ed|ing|ure)?|lack(?:s|ed|ing)?|avoid\w*|stop\w*|refrain\w*|instead|except|miss(?:ed|ing)?|refus\w*|declin\w*|reject\w*|forbid\w*|forbidden|prohibit\w*|prevent\w*|ban(?:s|ned)?|unfortunately|sorry|afraid|regret\w*|closed|absent|empty|free from|rather than|too \w+ to|however|few|little|false|wrong|yet to|unsuccessful|(?:un|in|im|dis|non)[a-z]{3,}|[a-z]+less)\b|n['’]t\b|[不没无未非勿别免禁拒停缺难少仅只否]|抱歉|遗憾|谢绝/iu;

/** Judges `text`, which stands for the case's passage, by what its action must and mustn't do. */
export function verdictOf(one: ActionCase, text: string): Verdict {
  if (text.trim() === '') return { harm: null, fault: 'no text' };
  const harm = one.references.length > 0 ? harmToReference(one, text) : harmToPassage(one, text);
  return { harm, fault: harm === null && one.references.length === 0 ? faultOf(one, text) : null };
}

/** Harm that a text does against the reference it does least to. */
function harmToReference(one: ActionCase, text: string): string | null {
  const found = one.references.map((reference) => harmAgainst(one.source, reference, text));
  return found.includes(null) ? null : found[0]!;
}

function harmAgainst(source: string, reference: string, text: string): string | null {
  if (comment.test(text) && !comment.test(source)) return 'comment';
  const [words, wanted] = [text, reference].map((part) => unitsOf(part.toLowerCase()));
  if (Math.abs(words!.length - wanted!.length) > Math.max(2, 0.25 * wanted!.length)) return 'length';
  const known = new Set([...wanted!, ...unitsOf(source.toLowerCase())]);
  const isKnown = (word: string) => known.has(word) || [...known].some((other) => isSimilar(word, other));
  const added = words!.filter((word) => /^\p{L}/u.test(word) && !isKnown(word));
  if (added.length > Math.max(1, 0.15 * wanted!.length)) return 'new words';
  const numbers = [digitsOf(text), digitsOf(reference), digitsOf(source)].map((list) => list.join(' '));
  if (numbers[0] !== numbers[1] && numbers[0] !== numbers[2]) return 'number changed';
  const either = `${reference} ${source}`;
  if (namesOf(reference).some((name) => !text.includes(name))) return 'name lost';
  if (namesOf(text).some((name) => !either.includes(name))) return 'new name';
  if (strict.test(text) !== strict.test(reference) && strict.test(text) !== strict.test(source))
    return 'negation';
  return null;
}

function harmToPassage(one: ActionCase, text: string): string | null {
  const { action, source } = one;
  if (comment.test(text) && !comment.test(source)) return 'comment';
  if (letter.test(text) && !letter.test(source)) return 'letter or placeholder';
  if (digitsOf(text).some((number) => !numbersIn(source).has(number))) return 'new number';
  if (namesOf(text).some((name) => !source.toLowerCase().includes(name.toLowerCase()))) return 'new name';
  if (!selective.has(action)) {
    if (digitsOf(source).some((number) => !numbersIn(text).has(number))) return 'number lost';
    if (namesOf(source).some((name) => !hasName(text, name))) return 'name lost';
    if (action !== 'confident' && negationTurned(source, text, action === 'simplify')) return 'negation';
  }
  if (isChecked(action)) {
    const { kept } = limits[action];
    if (action !== 'expand' && text.length > 3 * source.length) return 'length';
    if (share(meaningOf(source), meaningOf(text)) < kept / 2) return 'content lost';
  }
  return null;
}

function faultOf(one: ActionCase, text: string): string | null {
  const { action, language, source, keep, not } = one;
  if (text.trim() === source.trim()) return 'unchanged';
  const lower = text.toLowerCase();
  const lost = keep.find((entry) => !entry.some((word) => lower.includes(word.toLowerCase())));
  if (lost) return `without “${lost.join('” or “')}”`;
  const left = not.find((word) => hasWord(lower, word.toLowerCase()));
  if (left !== undefined) return `still “${left}”`;
  if (isChecked(action)) {
    const { length, kept, own } = limits[action];
    const ratio = text.length / source.length;
    if (ratio < length[0] || ratio > length[1]) return `${ratio.toFixed(2)} times as long`;
    if (share(meaningOf(source), meaningOf(text)) < kept) return 'little kept';
    if (share(meaningOf(text), meaningOf(source)) < own) return 'much added';
  }
  if (action !== 'summarise' && action !== 'friendly' && speaksUp(source, text)) return 'another speaker';
  return toneFault(action, language, source, text);
}

function hasWord(text: string, word: string): boolean {
  if (!/^[\p{Script=Latin}\p{N}]/u.test(word)) return text.includes(word);
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

/** @param explains whether the text may deny what the passage only implies: simple words for “hypocrisy” do */
function negationTurned(source: string, text: string, explains: boolean): boolean {
  const gained = strict.test(text) && !loose.test(source);
  return (strict.test(source) && !loose.test(text)) || (gained && !explains);
}

const firstPerson = /\b(?:I|me|my|mine|we|us|our|ours)\b|[我咱]/u;

/** Starts of sentences without their “I”. */
const silentPerson =
  /(?:^|[.!?]\s)(?:sorry|thanks|got|can['’]t|couldn['’]t|won['’]t|just|hope|wish|glad|been|need|looking|forgot|sent|no clue|not sure)\b/iu;
const courtesy = /\b(?:I|we) (?:would|should) (?:be (?:grateful|happy)|appreciate|like)\b/u;

/** Whether someone speaks as I or we who doesn't in the passage: texts that answer it do. */
function speaksUp(source: string, text: string): boolean {
  const asks = courtesy.test(text) && /\byou\b/iu.test(text);
  return firstPerson.test(text) && !firstPerson.test(source) && !silentPerson.test(source) && !asks;
}

/** Numbers written in digits, without separators of thousands, in order. */
function digitsOf(text: string): readonly string[] {
  const found = text.match(/\d+(?:[.,:]\d+)*/gu) ?? [];
  return found.map((number) => number.replace(/,(?=\d{3}(?!\d))/gu, '').replace(/[.,]0+$/u, '')).sort();
}

/** Capitals throughout may be those of a shout. */
function hasName(text: string, name: string): boolean {
  return name === name.toUpperCase() ? text.toLowerCase().includes(name.toLowerCase()) : text.includes(name);
}

const calendar =
  /^(?:I|Mr|Mrs|Ms|Dr|Miss|OK|TV|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December)$/u;

/** Capitalised words within sentences, in English. */
function namesOf(text: string): readonly string[] {
  const found = text.match(/(?<=[\p{Ll}\p{N},;] )\p{Lu}[\p{L}\p{M}]+(?!['’](?:m|ve|ll|d|re)\b)/gu) ?? [];
  return found.filter((name) => !calendar.test(name));
}

const common = new Set(
  'a an the this that these those and or but so if of to in on at for with from by as is are was were be been being have has had do does did will would can could should may might must not no it its he she they we you i his her their our your my me him them us there here which who what when where how than then very just also 的 了 是 在 和 也 都 就 与 及 把 被 个 这 那 我 你 您 他 她 它 们 有 很 吗 呢 吧 啊 着 过 到 对 给 让 而 但 又 还'.split(
    ' ',
  ),
);

/** Stems of the words that carry meaning; of Chinese the characters. */
function meaningOf(text: string): ReadonlySet<string> {
  const words = unitsOf(text.toLowerCase()).filter(
    (word) => /^[\p{L}\p{N}]/u.test(word) && !common.has(word),
  );
  return new Set(
    words
      .filter((word) => word.length >= 3 || /\p{Script=Han}|\d/u.test(word))
      .map((word) => word.slice(0, 5)),
  );
}

function share(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  if (part.size === 0) return 1;
  return [...part].filter((word) => whole.has(word)).length / part.size;
}
