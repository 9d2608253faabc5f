import type { Attachment } from '../../../../src-main/contract/attachment.ts';
import type { Locale } from '../../../messages/locale.ts';
import { plainText } from './plain-text.ts';
import { AttachmentRefusal } from './refusal.ts';
import { wordText } from './word-text.ts';

/** Most characters that one file's text may have: a model reads a few per cent of that. */
export const longestAttachment = 400_000;
/** Largest files, in bytes, by how they end. */
const largest = { txt: 4_000_000, md: 4_000_000, docx: 20_000_000 } as const;

/** What the system's dialog offers. */
export const attachableEndings = Object.keys(largest).map((ending) => `.${ending}`);

/**
 * The text of `file`, a .txt, .md or .docx; nothing of it leaves the page.
 * @throws AttachmentRefusal that says why not
 */
export async function readAttachment(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
  locale: Locale,
): Promise<Attachment> {
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (ending === 'doc') throw new AttachmentRefusal('old-word');
  if (!isAttachable(ending)) throw new AttachmentRefusal('type');
  if (file.size > largest[ending]) throw new AttachmentRefusal('too-large');
  const bytes = new Uint8Array(await bytesOf(file));
  const text = ending === 'docx' ? await wordText(bytes) : plainText(bytes, locale);
  if (text.trim() === '') throw new AttachmentRefusal('empty');
  if (text.length > longestAttachment) throw new AttachmentRefusal('too-long');
  return { name: file.name, text };
}

function isAttachable(ending: string): ending is keyof typeof largest {
  return Object.hasOwn(largest, ending);
}

/** A file can have been moved or be another person's, and what was dropped can be a folder. */
async function bytesOf(file: Pick<File, 'arrayBuffer'>): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new AttachmentRefusal('unreadable');
  }
}
