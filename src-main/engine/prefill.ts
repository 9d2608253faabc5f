import type { Sequence, TokenId } from './model.ts';
import { align } from './model.ts';

/** Tokens of one forward of a prompt: larger is faster up to a point, smaller shows progress and stops sooner. */
export const prefillChunk = 128;

/** Tokens of one forward while a cache is warmed: a request that arrives meanwhile waits for at most one. */
const warmingChunk = 32;

/**
 * Reads all of `prompt` but a last chunk, which is left to the decoder since it needs the logits.
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

/**
 * Reads `prompt` into the cache before its answer is requested, up to its last token, whose logits the decoder needs.
 * Once `signal` is aborted it ends after the current chunk, which stays read.
 */
export async function warmCache(
  sequence: Sequence,
  prompt: readonly TokenId[],
  signal: { readonly aborted: boolean },
): Promise<void> {
  if (prompt.length === 0) return;
  const pending = align(sequence, prompt).slice(0, -1);
  for (let start = 0; start < pending.length && !signal.aborted; start += warmingChunk) {
    await sequence.forward(pending.slice(start, start + warmingChunk), 0);
  }
}
