import fs from 'node:fs';

/** Bytes of each GGUF value type; strings and arrays have none. */
const sizes: Readonly<Record<number, number>> = {
  ...{ 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 },
};
const text = 8;
const list = 9;
/** Deeper lists than in any known file end the reading. */
const deepest = 4;

/**
 * The metadata keys of a little-endian GGUF file in their order, also those that occur twice, of which a parser keeps
 * one. Reads as far as the file is well-formed.
 */
export function metadataKeys(path: string): readonly string[] {
  const file = fs.openSync(path, 'r');
  try {
    return keysOf(new Cursor(file));
  } finally {
    fs.closeSync(file);
  }
}

function keysOf(cursor: Cursor): readonly string[] {
  const keys: string[] = [];
  cursor.skip(4);
  const version = cursor.number(4);
  // Version 1 counts in 32 bits.
  const wide = version === 1 ? 4 : 8;
  cursor.skip(wide);
  const count = cursor.number(wide) ?? 0;
  for (let index = 0; index < count; index++) {
    const key = cursor.text(wide);
    if (key === undefined) return keys;
    keys.push(key);
    const type = cursor.number(4);
    if (type === undefined || !skipValue(cursor, type, wide, deepest)) return keys;
  }
  return keys;
}

/** Whether a value of `type` could be skipped. */
function skipValue(cursor: Cursor, type: number, wide: 4 | 8, depth: number): boolean {
  const size = sizes[type];
  if (size !== undefined) return cursor.skip(size);
  if (type === text) return cursor.skip(cursor.number(wide));
  if (type !== list || depth === 0) return false;
  const itemType = cursor.number(4);
  const count = cursor.number(wide);
  if (itemType === undefined || count === undefined) return false;
  const itemSize = sizes[itemType];
  if (itemSize !== undefined) return cursor.skip(count * itemSize);
  for (let index = 0; index < count; index++) if (!skipValue(cursor, itemType, wide, depth - 1)) return false;
  return true;
}

const blockBytes = 1 << 20;

/** Reads a file from its start, a block at a time. */
class Cursor {
  readonly #file: number;
  readonly #size: number;
  #at = 0;
  #block = Buffer.alloc(0);
  #blockStart = 0;

  constructor(file: number) {
    this.#file = file;
    this.#size = fs.fstatSync(file).size;
  }

  /** Whether there were that many bytes; undefined: no. */
  skip(count: number | undefined): boolean {
    if (count === undefined || this.#at + count > this.#size) return false;
    this.#at += count;
    return true;
  }

  /** An unsigned number of `size` bytes; undefined at the end of the file. */
  number(size: 4 | 8): number | undefined {
    const bytes = this.#bytes(size);
    if (bytes === undefined) return undefined;
    return size === 4 ? bytes.readUInt32LE() : Number(bytes.readBigUInt64LE());
  }

  /** A text after its length of `size` bytes; undefined if it is longer than a key may be. */
  text(size: 4 | 8): string | undefined {
    const length = this.number(size);
    return length === undefined || length > 65_535 ? undefined : this.#bytes(length)?.toString('utf8');
  }

  #bytes(count: number): Buffer | undefined {
    if (this.#at + count > this.#size) return undefined;
    const offset = this.#at - this.#blockStart;
    if (offset < 0 || offset + count > this.#block.length) {
      this.#block = Buffer.alloc(Math.min(Math.max(blockBytes, count), this.#size - this.#at));
      this.#blockStart = this.#at;
      this.#block = this.#block.subarray(
        0,
        fs.readSync(this.#file, this.#block, 0, this.#block.length, this.#at),
      );
      return this.#bytes(count);
    }
    this.#at += count;
    return this.#block.subarray(offset, offset + count);
  }
}
