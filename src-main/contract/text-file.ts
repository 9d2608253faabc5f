import { ForedraftError } from './error.ts';

/** Both sides have it, but the language's own library doesn't declare it. */
declare class TextDecoder {
  constructor(encoding: string, options?: { readonly fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

/** Why a file isn't text: it holds other data, or its encoding is unknown. */
export type TextFault = 'binary' | 'encoding';

/** The error for a file that isn't text: `file-failed`. */
export function notText(file: string, fault: TextFault): ForedraftError {
  const message = {
    binary: `${file} holds data other than text: choose a text file.`,
    encoding: `${file} is text in an encoding other than UTF-8 and UTF-16: save it as UTF-8, then choose it again.`,
  }[fault];
  return new ForedraftError('file-failed', message, { file });
}

/** Single-byte encoding of Western languages on Windows. */
const western = 'windows-1252';

/** Control characters other than tab, line feed, form feed, carriage return and escape don't occur in text. */
// eslint-disable-next-line no-control-regex -- matches control characters on purpose
const controlCharacter = /[\u0000-\u0008\u000B\u000E-\u001A\u001C-\u001F]/;
const undefinedInLegacy = /[\u0080-\u009F]/;

/**
 * The text of a file in UTF-8 or UTF-16, with or without a byte order mark, which isn't part of it; line ends become \n.
 * @param legacyEncoding also read if the bytes look like it, and so is Western text then; default neither
 */
export function readText(
  bytes: Uint8Array,
  legacyEncoding?: string,
): { readonly text: string } | { readonly fault: TextFault } {
  const decoded = decode(bytes, legacyEncoding);
  if (decoded === undefined) return { fault: 'encoding' };
  // DOS ended a text with this character.
  const text = (decoded.endsWith('\u001A') ? decoded.slice(0, -1) : decoded).replace(/^\uFEFF+/, '');
  if (controlCharacter.test(text)) return { fault: 'binary' };
  return { text: text.replace(/\r\n?/g, '\n') };
}

function decode(bytes: Uint8Array, legacyEncoding: string | undefined): string | undefined {
  // UTF-32, whose mark starts like that of UTF-16.
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) return undefined;
  if (startsWith(bytes, [0xff, 0xfe])) return strictly(bytes, 'utf-16le');
  if (startsWith(bytes, [0xfe, 0xff])) return strictly(bytes, 'utf-16be');
  const unmarked = unmarkedUtf16(bytes);
  if (unmarked !== undefined) return strictly(bytes, unmarked);
  return (
    strictly(bytes, 'utf-8') ?? (legacyEncoding === undefined ? undefined : legacy(bytes, legacyEncoding))
  );
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, place) => bytes[place] === byte);

/** UTF-16 without a mark has the zero bytes of its spaces, line ends and Latin letters on one side, few on the other. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  bytes.subarray(0, 8192).forEach((byte, place) => {
    if (byte === 0) zeros[place % 2]! += 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (odd > 2 * even) return 'utf-16le';
  return even > 2 * odd ? 'utf-16be' : undefined;
}

/** Text of a legacy encoding, unless the bytes are damaged UTF-8 or look like another encoding. */
function legacy(bytes: Uint8Array, encoding: string): string | undefined {
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const lost = lenient.split('\uFFFD').length - 1;
  const whole = lenient.replace(/[\uFFFD\p{ASCII}]/gu, '').length;
  if (whole > 0 && whole >= lost) return undefined;
  // Letters beyond ASCII are rare among Western ones, and all that there is in other scripts.
  const high = bytes.filter((byte) => byte >= 0x80).length;
  const paired = bytes.filter(
    (byte, place) => byte >= 0x80 && ((bytes[place - 1] ?? 0) >= 0x80 || (bytes[place + 1] ?? 0) >= 0x80),
  ).length;
  const isWestern = 2 * paired < high;
  if (!isWestern && encoding === western) return undefined;
  const text = strictly(bytes, isWestern ? western : encoding);
  return text === undefined || undefinedInLegacy.test(text) ? undefined : text;
}

/** undefined if `bytes` aren't valid in `encoding`. */
function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
