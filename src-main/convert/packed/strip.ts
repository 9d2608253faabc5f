/** Outputs whose weights lie side by side, one for each lane of a vector. */
const outputsPerStrip = 16;
/** Bytes; a strip starts on a cache line. */
const alignment = 64;

/** The weights of one output: in a strip, 16 of these are interleaved element by element. */
export interface PackedRow {
  /** Codes of the weights, 4 bytes of them in each element. */
  readonly codes: Int32Array;
  /** 8-bit scales and minimums. */
  readonly bytes: Uint8Array;
  /** Float16 scales, minimums and factors. */
  readonly halves: Uint16Array;
}

/** Elements in each part of a row. */
export interface RowSizes {
  readonly codes: number;
  readonly bytes: number;
  readonly halves: number;
}

function stripBytes({ codes, bytes, halves }: RowSizes): number {
  return Math.ceil((outputsPerStrip * (4 * codes + bytes + 2 * halves)) / alignment) * alignment;
}

/** Bytes of a matrix of `rows` such rows in strips. */
export function packedBytes(rows: number, sizes: RowSizes): number {
  return Math.ceil(rows / outputsPerStrip) * stripBytes(sizes);
}

/**
 * Interleaves rows in strips of 16, as native/README.md describes: the codes of all of them, then the bytes, then the
 * halves. The last strip is padded with zeros.
 */
export function* strips(rows: Iterable<PackedRow>, sizes: RowSizes): Generator<Uint8Array> {
  let strip: ArrayBuffer | undefined;
  let lane = 0;
  for (const row of rows) {
    strip ??= new ArrayBuffer(stripBytes(sizes));
    let at = 0;
    interleave(row.codes, new Int32Array(strip, at, outputsPerStrip * sizes.codes), lane);
    at += 4 * outputsPerStrip * sizes.codes;
    interleave(row.bytes, new Uint8Array(strip, at, outputsPerStrip * sizes.bytes), lane);
    at += outputsPerStrip * sizes.bytes;
    interleave(row.halves, new Uint16Array(strip, at, outputsPerStrip * sizes.halves), lane);
    lane++;
    if (lane < outputsPerStrip) continue;
    yield new Uint8Array(strip);
    strip = undefined;
    lane = 0;
  }
  if (strip) yield new Uint8Array(strip);
}

function interleave<T extends Int32Array | Uint8Array | Uint16Array>(row: T, strip: T, lane: number): void {
  for (let index = 0; index < row.length; index++) strip[index * outputsPerStrip + lane] = row[index]!;
}
