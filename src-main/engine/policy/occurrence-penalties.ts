import type { TokenId } from '../model.ts';

export interface OccurrencePenalties {
  /** Taken off a token's score if it occurs at all: -2 to 2, negative ones reward. 0 changes nothing. */
  readonly presence: number;
  /** Taken off once for every time that it occurs: -2 to 2. 0 changes nothing. */
  readonly frequency: number;
}

/**
 * Presence and frequency penalty, as OpenAI's interface defines them: of the tokens of the answer so far, without
 * the prompt.
 * @param scores changed in place
 * @param start the first place of the context that counts
 */
export function penaliseOccurrence(
  scores: Float32Array,
  context: readonly TokenId[],
  { presence, frequency }: OccurrencePenalties,
  start: number,
): void {
  if (presence === 0 && frequency === 0) return;
  const counts = new Uint32Array(scores.length);
  for (let place = start; place < context.length; place++) counts[context[place]!]! += 1;
  for (let token = 0; token < counts.length; token++) {
    if (counts[token] !== 0) scores[token]! -= presence + frequency * counts[token]!;
  }
}
