import { ForedraftError } from '../contract/error.ts';
import type { ModelCard } from '../contract/model-card.ts';
import type { Logits } from '../engine/model.ts';

/**
 * NaN and infinite logits, from damaged weights, would become a text like any other.
 * @throws ForedraftError `runtime-failed`, naming the model
 */
export function requireNumbers(rows: readonly Logits[], { id, name }: Pick<ModelCard, 'id' | 'name'>): void {
  if (rows.every(areFinite)) return;
  throw new ForedraftError(
    'runtime-failed',
    `${name} computed no valid probabilities: its files are damaged, install or convert the model again.`,
    { model: id },
  );
}

/** By four sums, which a NaN or an infinity turns into one: several times as fast as one test for each logit. */
function areFinite(logits: Logits): boolean {
  const whole = logits.length & ~3;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let index = 0; index < whole; index += 4) {
    a += logits[index]!;
    b += logits[index + 1]!;
    c += logits[index + 2]!;
    d += logits[index + 3]!;
  }
  for (let index = whole; index < logits.length; index++) a += logits[index]!;
  // Finite float32 values don't overflow a sum in float64.
  return Number.isFinite(a + b + c + d);
}
