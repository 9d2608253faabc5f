import type { Difference } from './alignment.ts';
import type { Sides } from './sides.ts';
import type { TextToken } from './tokens.ts';
import { bare } from './word-classes.ts';

/** Starts of words whose letters and sounds differ: vowel letters that sound as consonants, and the other way round. */
const consonantSounds = /^(?:eu|ew|uni(?!n|m)|use|usu|uti|ut[ie]r|ura|ubi|ufo|one?(?:s|-|$)|once|oui)/u;
const vowelSounds = /^(?:hour|hono|heir|honest)/u;
/** Letters whose names start with a vowel: “an MP”. */
const vowelNames = /^[AEFHILMNORSX]/u;

/** Whether “a” or “an” at `index` is the wrong one for the sound of the word after it. */
export function isWrongArticle(tokens: readonly TextToken[], index: number): boolean {
  const article = bare(tokens[index]?.text ?? '');
  const next = tokens[index + 1];
  if ((article !== 'a' && article !== 'an') || next?.kind !== 'word') return false;
  return (article === 'an') !== soundsAsVowel(next.text);
}

function soundsAsVowel(word: string): boolean {
  if (/^\p{Lu}{2,}$/u.test(word)) return vowelNames.test(word);
  const letters = bare(word);
  if (vowelSounds.test(letters)) return true;
  return /^[aeiou]/u.test(letters) && !consonantSounds.test(letters);
}

/** Nouns that are plural without looking it. */
const plurals = new Set(
  'data criteria phenomena media people police cattle children men women feet teeth mice geese bacteria'.split(
    ' ',
  ),
);
const singular: Readonly<Record<string, string>> = { these: 'this', those: 'that' };

/** Whether “these” or “those” becomes singular before a plural. */
export function losesPlural(sides: Sides, i: number, j: number): boolean {
  const [old, now] = [bare(sides.old[i]!.text), bare(sides.now[j]!.text)];
  const next = bare(sides.now[j + 1]?.text ?? '');
  return singular[old] === now && (plurals.has(next) || /[^s]s$/u.test(next));
}

const subjects = new Set('he she they we i it you who'.split(' '));
const saying = new Set(
  'said says thought thinks asked asks replied answered added whispered shouted cried wondered muttered murmured called explained continued insisted agreed admitted remarked'.split(
    ' ',
  ),
);

/** Whether a comma before “she said” and the like becomes a stop. */
export function cutsSpeakerOff({ old, now }: Sides, { from, to, start, end }: Difference): boolean {
  if (old[from]?.text !== ',' || to !== from + 1 || end !== start + 1 || !/^[.;]$/u.test(now[start]!.text))
    return false;
  const [first, second] = [old[to], old[to + 1]].map((token) => token?.text ?? '');
  if (saying.has(bare(second!))) return subjects.has(bare(first!)) || /^\p{Lu}/u.test(first!);
  return saying.has(bare(first!)) && /^\p{Lu}/u.test(second!);
}
