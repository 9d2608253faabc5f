/** Marks over, under and through letters. Vowel signs of Indic scripts and Thai, and voicing marks of kana, are letters. */
const accents =
  /(?=\p{Mn})(?![\u3099\u309A])(?:\p{sc=Inherited}|\p{sc=Latin}|\p{sc=Greek}|\p{sc=Cyrillic}|\p{sc=Hebrew}|\p{sc=Arabic}|\p{sc=Syriac})|\u0640/gu;

/** Letters without a decomposition, and punctuation that editors replace while typing. */
const plain: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', ð: 'd', đ: 'd', ħ: 'h', ł: 'l', ø: 'o', œ: 'oe', þ: 'th', ŧ: 't', ς: 'σ' },
  ...{ '‘': "'", '’': "'", ʼ: "'", '“': '"', '”': '"', '„': '"', '‐': '-', '‑': '-', '–': '-', '—': '-' },
};
const replaced = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');

/** Distance of a katakana letter from its hiragana letter. */
const kanaDistance = 0x60;

/**
 * `text` as searches compare it: texts that differ only in case, accents, composition, width (`Ａ`, `ｶ`), kind of kana,
 * invisible characters or white space are equal. Case is folded in full: `Straße` equals `STRASSE`, `ὈΔΟΣ` equals
 * `οδός`, and all four letters i of Turkish are the same.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(accents, '')
    .toUpperCase()
    .toLowerCase()
    .replace(replaced, (character) => plain[character] ?? character)
    .replace(/[\u30A1-\u30F6\u30FD\u30FE]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - kanaDistance))
    .replace(/\s+/g, ' ')
    .normalize('NFC');
}
