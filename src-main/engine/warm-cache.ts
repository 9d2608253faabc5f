import type { Sequence, TokenId } from './model.ts';
import { align } from './model.ts';

/** Tokens of one forward: as long as one of these takes, who wants the model has to wait. */
const chunk = 32;

/**
 * Reads `prompt` into the cache before its answer is asked for, up to its last token, whose logits the decoder wants.
 * Once `signal` is aborted it ends behind a whole chunk, so that nothing is read in vain.
 */
export async function warmCache(
  sequence: Sequence,
  prompt: readonly TokenId[],
  signal: { readonly aborted: boolean },
): Promise<void> {
  if (prompt.length === 0) return;
  const pending = align(sequence, prompt).slice(0, -1);
  for (let start = 0; start < pending.length && !signal.aborted; start += chunk) {
    await sequence.forward(pending.slice(start, start + chunk), 0);
  }
}
