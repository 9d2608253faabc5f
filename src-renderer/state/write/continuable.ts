import type { Message } from '../../../src-main/contract/conversation.ts';

/** Whether an answer ended before the model ended it, so that it can be continued. */
export function continuable({ role, status, content, run }: Message): boolean {
  if (role !== 'assistant' || status === 'streaming' || content.trim() === '') return false;
  if (status !== 'done') return true;
  // A text that the user wrote or changed wasn't ended by the model either.
  return run === null || run.endReason === 'length';
}
