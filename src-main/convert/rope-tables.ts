export interface RopeSettings {
  readonly positions: number;
  /** Rotated dimensions of a head; even. */
  readonly headSize: number;
  /** Base of the frequencies, theta. */
  readonly base: number;
  /** Frequency divisors, [headSize / 2]; all 1 for most models. */
  readonly factors: Float32Array;
}

/** Positions in a chunk of a table. */
const chunkPositions = 4096;

/**
 * A table of rotary embedding (Su et al. 2021), [positions, headSize / 2], in chunks of whole positions. Frequencies and
 * angles are rounded to float32 at each step to match training and Hugging Face transformers: at position 8000 the
 * rounding changes an angle by up to 2e-4.
 * @param valueOf cosine or sine
 */
export function* ropeTable(
  { positions, headSize, base, factors }: RopeSettings,
  valueOf: (angle: number) => number,
): Generator<Float32Array> {
  const half = headSize / 2;
  const frequencies = Float32Array.from({ length: half }, (_, pair) => {
    const power = Math.fround(base ** Math.fround((2 * pair) / headSize));
    return Math.fround(1 / power) / factors[pair]!;
  });
  for (let first = 0; first < positions; first += chunkPositions) {
    const values = new Float32Array(Math.min(chunkPositions, positions - first) * half);
    for (let index = 0; index < values.length; index++) {
      const position = first + Math.floor(index / half);
      values[index] = valueOf(Math.fround(position * frequencies[index % half]!));
    }
    yield values;
  }
}
