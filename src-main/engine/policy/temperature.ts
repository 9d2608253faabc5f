import { fastExp } from '../fast-exp.ts';

/**
 * Divides every score: below 1 sharpens the distribution, above 1 flattens it.
 * @param scores changed in place
 * @param temperature greater than 0
 */
export function applyTemperature(scores: Float32Array, temperature: number): void {
  if (temperature === 1) return;
  for (let token = 0; token < scores.length; token++) scores[token]! /= temperature;
}

export interface TemperatureRange {
  /** The centre, greater than 0. */
  readonly temperature: number;
  /** Distance from the centre to either end, though never below 0.01; 0 makes the temperature fixed. */
  readonly spread: number;
  /** Greater than 0; above 1 the temperature rises late, below 1 early, 1 is linear. */
  readonly exponent: number;
}

const lowestTemperature = 0.01;

/**
 * Dynamic temperature: low when the model is certain, high when it isn't. With the entropy as a share of its maximum,
 * temperature - spread + 2 · spread · share^exponent (kalomaze 2023, as in llama.cpp).
 * @param scores changed in place; banned ones (-Infinity) don't count
 */
export function applyDynamicTemperature(scores: Float32Array, range: TemperatureRange): void {
  const { temperature, spread, exponent } = range;
  const low = Math.max(lowestTemperature, temperature - spread);
  const high = temperature + spread;
  applyTemperature(scores, spread > 0 ? low + (high - low) * entropyShare(scores) ** exponent : temperature);
}

/** The entropy of the scores' softmax, divided by that of a uniform one; 0 if a single token is left. */
function entropyShare(scores: Float32Array): number {
  let largest = -Infinity;
  for (let token = 0; token < scores.length; token++) if (scores[token]! > largest) largest = scores[token]!;
  let count = 0;
  let sum = 0;
  let weighted = 0;
  for (let token = 0; token < scores.length; token++) {
    const below = scores[token]! - largest;
    if (below === -Infinity) continue;
    const weight = fastExp(below);
    count++;
    sum += weight;
    weighted += weight * below;
  }
  return count < 2 ? 0 : (Math.log(sum) - weighted / sum) / Math.log(count);
}
