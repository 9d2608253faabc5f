import { readText } from '../../../../src-main/contract/text-file.ts';
import { AttachmentError } from './attachment-error.ts';

/**
 * The text of a file in UTF-8, UTF-16 or the language's legacy encoding; line ends become \n.
 * @throws AttachmentError `binary`, `encoding`
 */
export function plainText(bytes: Uint8Array, legacyEncoding: string): string {
  const read = readText(bytes, legacyEncoding);
  if ('text' in read) return read.text;
  throw new AttachmentError(read.fault);
}
