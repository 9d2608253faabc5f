import type { Message } from '../../../src-main/contract/conversation.ts';

/** Whether an answer ended before the model had ended it, so that it can go on from where it is. */
export function continuable({ role, status, content, run }: Message): boolean {
  if (role !== 'assistant' || status === 'streaming' || content.trim() === '') return false;
  if (status !== 'done') return true;
  // What a person wrote or changed has no end of the model's either.
  return run === null || run.endReason === 'length';
}
