/** Uniform noise in (0, 1), a pure function of the position and the token. */
export type Noise = (position: number, token: number) => number;

/** Finaliser of MurmurHash3: every input bit changes every output bit with probability near 1/2. */
function murmurFinalizer(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Noise from a seed. The choice at a position depends on the seed, the position and the token alone, not on how many
 * numbers were drawn before (Daliri et al. 2024).
 * @param seed 0 to 4294967295
 */
export function seededNoise(seed: number): Noise {
  const start = murmurFinalizer(seed ^ 0x9e3779b9);
  let lastPosition = -1;
  let positionHash = 0;
  return (position, token) => {
    if (position !== lastPosition) {
      lastPosition = position;
      positionHash = murmurFinalizer(start + Math.imul(position + 1, 0x632be5ab));
    }
    const high = murmurFinalizer(positionHash ^ Math.imul(token + 1, 0x9e3779b1));
    const low = murmurFinalizer(high + 0x6d2b79f5 + token);
    // 53 bits, shifted by half a step so that neither 0 nor 1 can occur.
    return ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) / 9007199254740992;
  };
}
