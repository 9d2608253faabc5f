/** Bytes of UTF-8, each as one character from U+0000 to U+00FF: tokens may end within a character. */
export type ByteText = string;

/** `text` in UTF-8; a lone surrogate becomes U+FFFD. */
export function byteText(text: string): ByteText {
  let bytes = '';
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
    if (code < 0x80) bytes += character;
    else {
      const rest = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      const lead = [0, 0xc0, 0xe0, 0xf0][rest]!;
      bytes += String.fromCharCode(lead | (code >> (6 * rest)));
      for (let left = rest - 1; left >= 0; left--) {
        bytes += String.fromCharCode(0x80 | ((code >> (6 * left)) & 0x3f));
      }
    }
  }
  return bytes;
}

/** The character at the start of `bytes`: '' if they are empty, U+FFFD if it is incomplete. */
export function firstCharacter(bytes: ByteText): string {
  if (bytes === '') return '';
  const lead = bytes.charCodeAt(0);
  if (lead < 0x80) return bytes[0]!;
  const rest = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  if (rest === 0 || bytes.length <= rest) return '\uFFFD';
  let code = lead & (0x3f >> rest);
  for (let at = 1; at <= rest; at++) code = (code << 6) | (bytes.charCodeAt(at) & 0x3f);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

/** The character at the end of `bytes`: '' if they are empty, U+FFFD if it is incomplete. */
export function lastCharacter(bytes: ByteText): string {
  let start = bytes.length - 1;
  while (start > 0 && start > bytes.length - 4 && (bytes.charCodeAt(start) & 0xc0) === 0x80) start--;
  return firstCharacter(bytes.slice(Math.max(0, start)));
}
