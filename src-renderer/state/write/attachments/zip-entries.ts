import { AttachmentError } from './attachment-error.ts';

/** An entry of a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly packed: Uint8Array;
  readonly encrypted: boolean;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** Size of the end-of-central-directory record, and the maximum length of the comment after it. */
const endSize = 22;
const maxCommentLength = 0xffff;

/**
 * Lists the entries of a ZIP archive's central directory without inflating them.
 * @throws AttachmentError `broken`
 */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  try {
    return readDirectory(bytes);
  } catch (error) {
    // An offset beyond the end of the file.
    if (error instanceof RangeError) throw new AttachmentError('broken');
    throw error;
  }
}

function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let offset = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let number = 0; number < count; number += 1) {
    if (view.getUint32(offset, true) !== entrySignature) throw new AttachmentError('broken');
    const nameLength = view.getUint16(offset + 28, true);
    const packedLength = view.getUint32(offset + 20, true);
    const local = view.getUint32(offset + 42, true);
    if (view.getUint32(local, true) !== localSignature) throw new AttachmentError('broken');
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + packedLength > bytes.length) throw new AttachmentError('broken');
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(offset + 46, offset + 46 + nameLength)),
      method: view.getUint16(offset + 10, true),
      packed: bytes.subarray(start, start + packedLength),
      encrypted: (view.getUint16(offset + 8, true) & 1) === 1,
    });
    offset += 46 + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  return entries;
}

function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - endSize - maxCommentLength);
  for (let offset = view.byteLength - endSize; offset >= first; offset -= 1) {
    if (view.getUint32(offset, true) === endSignature) return offset;
  }
  throw new AttachmentError('broken');
}
