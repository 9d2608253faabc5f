import type { Message } from '../../../src-main/contract/conversation.ts';
import type { RunningAnswer } from '../runs/running-answer.svelte.ts';

/** Tokens of the model's context that the last answer and all before it fill; null if none is known. */
export function contextUsed(leaf: Message | null, running: RunningAnswer | undefined): number | null {
  if (running !== undefined && running.promptTotal > 0) return running.promptTotal + running.tokens;
  const statistics = leaf?.run?.statistics ?? null;
  return statistics === null ? null : statistics.promptTokens + statistics.outputTokens;
}
