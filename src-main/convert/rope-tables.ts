export interface RopeTables {
  /** [positions, headSize / 2] */
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
}

export interface RopeSettings {
  readonly positions: number;
  /** Rotated dimensions of a head; even. */
  readonly headSize: number;
  /** Base of the frequencies, theta. */
  readonly base: number;
  /** Frequency divisors, [headSize / 2]; all 1 for most models. */
  readonly factors: Float32Array;
}

/**
 * Rotary embedding tables (Su et al. 2021). Frequencies and angles are rounded to float32 at each step to match
 * training and Hugging Face transformers: at position 8000 the rounding changes an angle by up to 2e-4.
 */
export function ropeTables({ positions, headSize, base, factors }: RopeSettings): RopeTables {
  const half = headSize / 2;
  const cosines = new Float32Array(positions * half);
  const sines = new Float32Array(positions * half);
  for (let pair = 0; pair < half; pair++) {
    const power = Math.fround(base ** Math.fround((2 * pair) / headSize));
    const frequency = Math.fround(Math.fround(1 / power) / factors[pair]!);
    for (let position = 0; position < positions; position++) {
      const angle = Math.fround(position * frequency);
      cosines[position * half + pair] = Math.cos(angle);
      sines[position * half + pair] = Math.sin(angle);
    }
  }
  return { cosines, sines };
}
