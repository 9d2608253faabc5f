import { AttachmentError } from './attachment-error.ts';
import type { ZipEntry } from './zip-entries.ts';
import { zipEntries } from './zip-entries.ts';

/** Maximum bytes of the XML parts of a Word file when inflated, about four million words. */
const maxInflatedBytes = 24 * 1024 * 1024;
/** Maximum number of ZIP entries. */
const maxEntries = 5000;
/** Signature of OLE compound files: .doc and encrypted documents. */
const oleSignature = [0xd0, 0xcf, 0x11, 0xe0] as const;

/**
 * Extracts the text of a .docx file, with a blank line between paragraphs.
 * @throws AttachmentError `old-word`, `encrypted`, `broken`, `bomb`
 */
export async function wordText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (oleSignature.every((byte, index) => bytes[index] === byte)) {
    throw new AttachmentError(isEncrypted(bytes) ? 'encrypted' : 'old-word');
  }
  const entries = zipEntries(bytes);
  if (entries.length > maxEntries) throw new AttachmentError('bomb');
  if (!entries.some(({ name }) => name === '[Content_Types].xml')) throw new AttachmentError('broken');
  if (entries.some(({ encrypted }) => encrypted)) throw new AttachmentError('encrypted');
  await rejectBombs(entries);
  const { default: mammoth } = await import('mammoth');
  try {
    const { value } = await mammoth.extractRawText({ arrayBuffer: bytes.buffer });
    return value.replace(/\n{3,}/g, '\n\n').trim();
  } catch {
    throw new AttachmentError('broken');
  }
}

/** Office stores an encrypted document in an OLE file, as a stream with this UTF-16 name. */
function isEncrypted(bytes: Uint8Array): boolean {
  return new TextDecoder('utf-16le').decode(bytes.subarray(0, 65536)).includes('EncryptedPackage');
}

/** Inflates the parts that mammoth reads, up to the limit: the sizes in a ZIP directory can't be trusted. */
async function rejectBombs(entries: readonly ZipEntry[]): Promise<void> {
  let remaining = maxInflatedBytes;
  for (const { name, method, packed } of entries) {
    // Images and fonts are never inflated.
    if (!/\.(xml|rels)$/i.test(name)) continue;
    remaining -= method === 0 ? packed.length : await inflatedSize(packed, remaining);
    if (remaining < 0) throw new AttachmentError('bomb');
  }
}

/** The inflated size of `packed`, or any number above `limit` once that is exceeded. */
async function inflatedSize(packed: Uint8Array, limit: number): Promise<number> {
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  let size = 0;
  try {
    while (size <= limit) {
      const { done, value } = await reader.read();
      if (done) return size;
      size += value.length;
    }
  } catch {
    throw new AttachmentError('broken');
  }
  await reader.cancel().catch(() => undefined);
  return size;
}
