import type { Message } from '../../../src-main/contract/conversation.ts';
import type { LiveRun } from '../runs/live-run.svelte.ts';

/** Tokens of the model's context that the path up to the last answer fills; null if unknown. */
export function contextUsed(leaf: Message | null, running: LiveRun | undefined): number | null {
  if (running !== undefined && running.promptTotal > 0)
    return running.promptTotal + running.stats.outputTokens;
  const statistics = leaf?.run?.statistics ?? null;
  return statistics === null ? null : statistics.promptTokens + statistics.outputTokens;
}
