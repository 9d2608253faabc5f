import { isSimilar } from './shared-words.ts';

const numberWords: Readonly<Record<string, string>> = {
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  eighteen: '18',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  sixty: '60',
  seventy: '70',
  eighty: '80',
  ninety: '90',
};
/** Zeros that a word adds to the number word before it. */
const multiples: Readonly<Record<string, string>> = { hundred: '00', thousand: '000', million: '000000' };
const zhDigits = '零一二三四五六七八九十';
/** A number of a list's item is no fact, and changes when the list does. */
const listNumber = /^[ \t]*\d{1,3}[.)、][ \t]/gmu;

/** The numbers of a text in digits, without separators of thousands; number words from two on included. */
export function numbersIn(text: string): ReadonlySet<string> {
  const plain = text.replace(listNumber, '').toLowerCase();
  const digits = plain.match(/\d+(?:[.,:]\d+)*/gu) ?? [];
  const words = (plain.match(/\p{L}+/gu) ?? []).map((word, index, all) => {
    const times = multiples[all[index + 1] ?? ''] ?? '';
    return word in numberWords ? `${numberWords[word]}${times}` : '';
  });
  return new Set([
    ...digits.map((number) => number.replace(/,(?=\d{3}(?!\d))/gu, '').replace(/[.,]0+$/u, '')),
    ...words.filter((number) => number !== ''),
  ]);
}

/** The numbers of `text` that `other` doesn't have, not even in Chinese characters. */
export function numbersMissingIn(other: string, text: string): readonly string[] {
  const there = numbersIn(other);
  return [...numbersIn(text)].filter((number) => {
    if (there.has(number)) return false;
    const character = zhDigits[Number(number)];
    return character === undefined || !other.includes(character);
  });
}

/** The names of `text`: capitalised words that don't start a sentence, a line, a quotation or an item. */
export function namesIn(text: string): readonly string[] {
  const names: string[] = [];
  for (const match of text.matchAll(/\p{Lu}[\p{L}\p{M}'’]+/gu)) {
    const before = text.slice(Math.max(0, match.index - 4), match.index);
    if (!/[\p{L}\p{N},;)][’']?\p{L}{0,2} $/u.test(before)) continue;
    if (/^I['’]/u.test(match[0])) continue;
    names.push(match[0].replace(/['’]s?$/u, ''));
  }
  return names;
}

/** The names of `text` that `other` doesn't have, apart from their case and a typo. */
export function namesMissingIn(other: string, text: string): readonly string[] {
  const words = other.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  return namesIn(text).filter((name) => {
    const wanted = name.toLowerCase();
    return !words.some((word) => word === wanted || (wanted.length > 3 && isSimilar(word, wanted)));
  });
}
