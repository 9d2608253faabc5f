import type { Sequence, TokenId } from './model.ts';
import { align } from './model.ts';

/**
 * Tokens read by one forward of a prompt. Larger is faster up to a point; smaller shows progress
 * and answers a stop sooner.
 */
export const prefillChunk = 128;

/**
 * Reads all of `prompt` but a last chunk, which is left to the decoder since it wants the logits.
 * Yields the number of prompt tokens read so far, prefix reuse included.
 */
export async function* prefill(sequence: Sequence, prompt: readonly TokenId[]): AsyncGenerator<number, void> {
  const pending = align(sequence, prompt);
  let done = prompt.length - pending.length;
  yield done;
  for (let start = 0; pending.length - start > prefillChunk; start += prefillChunk) {
    await sequence.forward(pending.slice(start, start + prefillChunk), 0);
    done += prefillChunk;
    yield done;
  }
}
