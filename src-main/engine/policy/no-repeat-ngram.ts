import type { TokenId } from '../model.ts';

/**
 * Bans every token that would make the last `size` tokens occur a second time, prompt included (Paulus et al. 2017).
 * @param scores changed in place
 * @param size at least 1; 0 bans nothing
 */
export function banRepeatedNgrams(scores: Float32Array, context: readonly TokenId[], size: number): void {
  if (size <= 0) return;
  const tail = context.length - size + 1;
  for (let start = 0; start + size <= context.length; start++) {
    let shared = 0;
    while (shared < size - 1 && context[start + shared] === context[tail + shared]) shared++;
    if (shared === size - 1) scores[context[start + size - 1]!] = -Infinity;
  }
}
