import { AttachmentRefusal } from './refusal.ts';
import type { ZipEntry } from './zip-entries.ts';
import { zipEntries } from './zip-entries.ts';

/** Most bytes that what is read of a Word file may become: some four million words. */
const unpackedLimit = 24 * 1024 * 1024;
/** Most files in it. */
const entriesLimit = 5000;
const oldFormat = [0xd0, 0xcf, 0x11, 0xe0] as const;

/**
 * The text of a .docx file, paragraphs apart.
 * @throws AttachmentRefusal `old-word`, `encrypted`, `broken`, `bomb`
 */
export async function wordText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (oldFormat.every((byte, place) => bytes[place] === byte)) {
    throw new AttachmentRefusal(holdsEncrypted(bytes) ? 'encrypted' : 'old-word');
  }
  const entries = zipEntries(bytes);
  if (entries.length > entriesLimit) throw new AttachmentRefusal('bomb');
  if (!entries.some(({ name }) => name === '[Content_Types].xml')) throw new AttachmentRefusal('broken');
  if (entries.some(({ encrypted }) => encrypted)) throw new AttachmentRefusal('encrypted');
  await refuseBombs(entries);
  const { default: mammoth } = await import('mammoth');
  try {
    const { value } = await mammoth.extractRawText({ arrayBuffer: bytes.buffer });
    return value.replace(/\n{3,}/g, '\n\n').trim();
  } catch {
    throw new AttachmentRefusal('broken');
  }
}

/** Office puts an encrypted document as a stream of this name, in UTF-16, into a file of the old format. */
function holdsEncrypted(bytes: Uint8Array): boolean {
  return new TextDecoder('utf-16le').decode(bytes.subarray(0, 65536)).includes('EncryptedPackage');
}

/** Unpacks what would be read, piece by piece, and stops where it gets too much: a directory may lie about sizes. */
async function refuseBombs(entries: readonly ZipEntry[]): Promise<void> {
  let room = unpackedLimit;
  for (const { name, method, packed } of entries) {
    // Charts and fonts are never unpacked.
    if (!/\.(xml|rels)$/i.test(name)) continue;
    room -= method === 0 ? packed.length : await unpackedSize(packed, room);
    if (room < 0) throw new AttachmentRefusal('bomb');
  }
}

/** How many bytes `packed` becomes, or more than `most` once it is more. */
async function unpackedSize(packed: Uint8Array, most: number): Promise<number> {
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  let size = 0;
  try {
    while (size <= most) {
      const { done, value } = await reader.read();
      if (done) return size;
      size += value.length;
    }
  } catch {
    throw new AttachmentRefusal('broken');
  }
  await reader.cancel().catch(() => undefined);
  return size;
}
