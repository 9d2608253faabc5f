/**
 * Divides every score: below 1 sharpens the distribution, above 1 flattens it.
 * @param scores changed in place
 * @param temperature greater than 0
 */
export function applyTemperature(scores: Float32Array, temperature: number): void {
  if (temperature === 1) return;
  for (let token = 0; token < scores.length; token++) scores[token]! /= temperature;
}
