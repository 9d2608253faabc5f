/**
 * Top-nσ: bans the tokens whose score is more than `n` standard deviations below the highest one (Tang et al. 2024).
 * A temperature before or after it keeps the same tokens.
 * @param scores changed in place; banned ones (-Infinity) don't count
 * @param n greater than 0, commonly 1; 0 keeps all
 */
export function topNSigma(scores: Float32Array, n: number): void {
  if (n <= 0) return;
  let largest = -Infinity;
  let sum = 0;
  let count = 0;
  for (let token = 0; token < scores.length; token++) {
    const score = scores[token]!;
    if (score === -Infinity) continue;
    if (score > largest) largest = score;
    sum += score;
    count++;
  }
  const mean = sum / count;
  let squares = 0;
  for (let token = 0; token < scores.length; token++) {
    const score = scores[token]!;
    if (score !== -Infinity) squares += (score - mean) * (score - mean);
  }
  const lowest = largest - n * Math.sqrt(squares / count);
  for (let token = 0; token < scores.length; token++) {
    if (scores[token]! < lowest) scores[token] = -Infinity;
  }
}
