import type { Attachment } from '../../../../src-main/contract/attachment.ts';
import { printableName } from '../../../../src-main/contract/file-name.ts';
import { plainText } from './plain-text.ts';
import { AttachmentError } from './attachment-error.ts';
import { type LeftOut, wordText } from './word-text.ts';

/** Maximum characters of one file's text, far more than a model's context. */
export const maxAttachmentLength = 400_000;
/** Maximum file size in bytes, by extension. */
const maxBytes = { txt: 4_000_000, md: 4_000_000, docx: 20_000_000 } as const;

/** Extensions for the file dialog. */
export const attachableExtensions = Object.keys(maxBytes).map((extension) => `.${extension}`);

/** An attachment, and what of its file wasn't read; absent if all was. */
export interface ReadAttachment extends Attachment {
  readonly leftOut?: readonly LeftOut[];
}

/**
 * Extracts the text of a .txt, .md or .docx file, entirely within the page.
 * @throws AttachmentError with the reason
 */
export async function readAttachment(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
  legacyEncoding: string,
): Promise<ReadAttachment> {
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (extension === 'doc') throw new AttachmentError('old-word');
  if (!isAttachable(extension)) throw new AttachmentError('type');
  if (file.size > maxBytes[extension]) throw new AttachmentError('too-large');
  const bytes = new Uint8Array(await bytesOf(file));
  const { text, leftOut } =
    extension === 'docx' ? await wordText(bytes) : { text: plainText(bytes, legacyEncoding), leftOut: [] };
  if (text.trim() === '') throw new AttachmentError('empty');
  if (text.length > maxAttachmentLength) throw new AttachmentError('too-long');
  return { name: printableName(file.name), text, ...(leftOut.length > 0 && { leftOut }) };
}

function isAttachable(extension: string): extension is keyof typeof maxBytes {
  return Object.hasOwn(maxBytes, extension);
}

/** Fails for a file that was moved or isn't readable, and for a dropped folder. */
async function bytesOf(file: Pick<File, 'arrayBuffer'>): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new AttachmentError('unreadable');
  }
}
