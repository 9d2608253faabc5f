import { cutBefore } from './graphemes.ts';

/**
 * Maximum length of a file name without its ending, in bytes of UTF-8. File systems allow 255 with the ending, and
 * encrypted ones 143.
 */
const maxStemBytes = 120;

/** Names of devices on Windows, whatever ending follows. */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[\d¹²³])(?=\s*(?:\.|$))/i;

/**
 * A name in one line and composed form (NFC), without characters that are invisible or change the direction of the
 * text. The joiners and variation selectors that Persian, Indic scripts and emoji are written with are kept.
 */
export function printableName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/(?!\u200C|\u200D|[\uFE00-\uFE0F])\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[\s\p{Cc}\p{Cs}\p{Co}\p{Cn}]+/gu, ' ')
    .trim();
}

/**
 * A file name, without its ending, that every system accepts: made of `name`, or `fallback` if nothing is left of it.
 */
export function fileNameFrom(name: string, fallback: string): string {
  const accepted = trimmed(printableName(name.replace(/[\\/:*?"<>|]+/g, ' ')));
  const short = trimmed(accepted.slice(0, cutBefore(accepted, unitsWithin(accepted, maxStemBytes))));
  const stem = /[\p{L}\p{N}\p{S}\p{P}]/u.test(short) ? short : fallback;
  return deviceName.test(stem) ? `_${stem}` : stem;
}

/** Without dots at the start, which hide a file, and dots and spaces at the end, which Windows removes. */
const trimmed = (name: string) => name.replace(/^[\s.]+|[\s.]+$/gu, '');

/** How many UTF-16 units of `text` take up to `bytes` bytes of UTF-8. */
function unitsWithin(text: string, bytes: number): number {
  let units = 0;
  let left = bytes;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (left < 0) break;
    units += character.length;
  }
  return units;
}
