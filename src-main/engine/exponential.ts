const stepsPerDoubling = 64;
const step = Math.LN2 / stepsPerDoubling;
/** Below this a probability is no float32 any more, and rare enough for the slow way. */
const lowest = -87;
/** 2^(-place / 64) down to e^-87. */
const powers = Float64Array.from({ length: 8064 }, (_, place) => 2 ** (-place / stepsPerDoubling));

/**
 * e^x to 14 digits, for x from -Infinity to 0, in a third of the time of `Math.exp`: a softmax takes it of every
 * vocabulary entry. The nearest power in a table times a Taylor series of what is left, at most ln(2) / 128.
 */
export function exponential(x: number): number {
  if (!(x > lowest)) return Math.exp(x);
  const place = (0.5 - x / step) | 0;
  const rest = x + place * step;
  return powers[place]! * (1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24)))));
}
