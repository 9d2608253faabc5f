const stepsPerDoubling = 64;
const step = Math.LN2 / stepsPerDoubling;
/** Below this the result is no normal float32, and rare enough for `Math.exp`. */
const lowest = -87;
/** 2^(-index / 64) down to e^-87. */
const powers = Float64Array.from({ length: 8064 }, (_, index) => 2 ** (-index / stepsPerDoubling));

/**
 * e^x to 14 digits, for x from -Infinity to 0, in a third of the time of `Math.exp`: a softmax computes it for every
 * vocabulary entry. The nearest power in a table times a Taylor series of the remainder, at most ln(2) / 128.
 */
export function fastExp(x: number): number {
  if (!(x > lowest)) return Math.exp(x);
  const index = (0.5 - x / step) | 0;
  const rest = x + index * step;
  return powers[index]! * (1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24)))));
}
