import { AttachmentRefusal } from './refusal.ts';

/** A file inside of a ZIP file. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored as it is, 8: deflated. */
  readonly method: number;
  readonly packed: Uint8Array;
  readonly encrypted: boolean;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** Size of the record at the end, and the longest comment behind it. */
const endSize = 22;
const longestComment = 0xffff;

/**
 * The files inside of a ZIP file, as its directory lists them; nothing is unpacked.
 * @throws AttachmentRefusal `broken`
 */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  try {
    return listed(bytes);
  } catch (error) {
    // A place outside of the file.
    if (error instanceof RangeError) throw new AttachmentRefusal('broken');
    throw error;
  }
}

function listed(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let place = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let number = 0; number < count; number += 1) {
    if (view.getUint32(place, true) !== entrySignature) throw new AttachmentRefusal('broken');
    const nameLength = view.getUint16(place + 28, true);
    const packedLength = view.getUint32(place + 20, true);
    const local = view.getUint32(place + 42, true);
    if (view.getUint32(local, true) !== localSignature) throw new AttachmentRefusal('broken');
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + packedLength > bytes.length) throw new AttachmentRefusal('broken');
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(place + 46, place + 46 + nameLength)),
      method: view.getUint16(place + 10, true),
      packed: bytes.subarray(start, start + packedLength),
      encrypted: (view.getUint16(place + 8, true) & 1) === 1,
    });
    place += 46 + nameLength + view.getUint16(place + 30, true) + view.getUint16(place + 32, true);
  }
  return entries;
}

function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - endSize - longestComment);
  for (let place = view.byteLength - endSize; place >= first; place -= 1) {
    if (view.getUint32(place, true) === endSignature) return place;
  }
  throw new AttachmentRefusal('broken');
}
