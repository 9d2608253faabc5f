import { AttachmentRefusal } from './refusal.ts';

/** Encodings that are tried where a text is no UTF-8, by the window's language: what its readers' old files have. */
const olderEncodings = { en: 'windows-1252', 'zh-CN': 'gb18030' } as const;

/**
 * The text that `bytes` are, line ends as \n: UTF-8, UTF-16 with its mark, or the language's older encoding.
 * @throws AttachmentRefusal `binary` where it is no text
 */
export function plainText(bytes: Uint8Array, locale: keyof typeof olderEncodings): string {
  const text = decoded(bytes, [markedEncoding(bytes) ?? 'utf-8', olderEncodings[locale]]);
  // Control characters but tab, line feed, form feed and carriage return: no text has them.
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (text === undefined || /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text)) {
    throw new AttachmentRefusal('binary');
  }
  return text.replace(/\r\n?/g, '\n');
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function decoded(bytes: Uint8Array, encodings: readonly string[]): string | undefined {
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}
