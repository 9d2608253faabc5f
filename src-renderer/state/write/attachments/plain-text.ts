import { AttachmentError } from './attachment-error.ts';

/**
 * Decodes `bytes` as UTF-8, UTF-16 with a byte order mark, or the language's legacy encoding; line ends become \n.
 * @throws AttachmentError `binary` if it isn't text
 */
export function plainText(bytes: Uint8Array, legacyEncoding: string): string {
  const text = decoded(bytes, [encodingFromMark(bytes) ?? 'utf-8', legacyEncoding]);
  // Control characters other than tab, line feed, form feed and carriage return don't occur in text.
  // eslint-disable-next-line no-control-regex -- matches control characters on purpose
  if (text === undefined || /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text)) {
    throw new AttachmentError('binary');
  }
  return text.replace(/\r\n?/g, '\n');
}

function encodingFromMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function decoded(bytes: Uint8Array, encodings: readonly string[]): string | undefined {
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Try the next encoding.
    }
  }
  return undefined;
}
