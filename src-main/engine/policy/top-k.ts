import type { Candidates } from './candidates.ts';

/**
 * The k highest scores, highest first; ties go to the lowest token (Fan et al. 2018). One pass with a heap
 * of k entries, whose root is the weakest kept so far, instead of a sort.
 * @param scores those of banned tokens (-Infinity) are never kept
 * @param k at least 1; all tokens are kept if there are fewer
 */
export function topK(scores: Float32Array, k: number): Candidates {
  const size = Math.min(k, scores.length);
  const heap = new Int32Array(size);
  const weaker = (a: number, b: number) => scores[a]! < scores[b]! || (scores[a]! === scores[b]! && a > b);

  const sink = (entry: number, from: number) => {
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && weaker(heap[child + 1]!, heap[child]!)) child++;
      if (!weaker(heap[child]!, entry)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = entry;
  };

  for (let token = 0; token < size; token++) heap[token] = token;
  for (let place = (size >> 1) - 1; place >= 0; place--) sink(heap[place]!, place);
  for (let token = size; token < scores.length; token++) {
    // Of equal scores the earlier token stays, so only a greater one gets in.
    if (scores[token]! > scores[heap[0]!]!) sink(token, 0);
  }
  let allowed = heap;
  if (scores[heap[0] ?? 0] === -Infinity) allowed = heap.filter((token) => scores[token]! > -Infinity);
  const tokens = allowed.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return { tokens, scores: Float32Array.from(tokens, (token) => scores[token]!) };
}

/** Every token that is not banned (-Infinity), in order of id. */
export function allTokens(scores: Float32Array): Candidates {
  const tokens = new Int32Array(scores.length);
  let size = 0;
  for (let token = 0; token < scores.length; token++) if (scores[token]! > -Infinity) tokens[size++] = token;
  if (size === scores.length) return { tokens, scores };
  const allowed = tokens.subarray(0, size);
  return { tokens: allowed, scores: Float32Array.from(allowed, (token) => scores[token]!) };
}
