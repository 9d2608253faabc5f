/** A generator of numbers in [0, 1): mulberry32. */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** About normal with standard deviation 1: the sum of four uniform numbers. */
export function normals(length: number, random: () => number): Float32Array {
  const next = () => (random() + random() + random() + random() - 2) * Math.sqrt(3);
  return Float32Array.from({ length }, next);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Bits of the nearest float16 of a number of moderate size; a magnitude below 2^-14 becomes 0. */
export function toHalf(value: number): number {
  float[0] = value;
  const sign = (bits[0]! >>> 16) & 0x8000;
  const magnitude = bits[0]! & 0x7fffffff;
  if (magnitude < 0x38800000) return sign;
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

/** The value of a normal float16 or zero. */
export function fromHalf(half: number): number {
  const magnitude = half & 0x7fff;
  bits[0] = ((half & 0x8000) << 16) | (magnitude === 0 ? 0 : (magnitude << 13) + 0x38000000);
  return float[0]!;
}
