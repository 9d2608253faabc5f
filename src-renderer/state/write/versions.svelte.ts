import type { Message } from '../../../src-main/contract/conversation.ts';
import type { OpenConversation } from './open-conversation.svelte.ts';

/** Starts another answer to a question, beside those that are there. */
type AnswerAgain = (conversation: OpenConversation, questionId: string) => Promise<boolean>;

/** A question that is given several answers, one after another. */
export class Versions {
  /** How many are still to come after the one that is being written; 0 if none. */
  left = $state.raw(0);
  #conversation: OpenConversation | null = null;
  #questionId = '';
  readonly #answerAgain: AnswerAgain;

  constructor(answerAgain: AnswerAgain) {
    this.#answerAgain = answerAgain;
  }

  /** The first of `count` answers to `questionId` has begun. */
  begin(conversation: OpenConversation, questionId: string, count: number): void {
    this.left = count - 1;
    this.#conversation = conversation;
    this.#questionId = questionId;
  }

  /** An answer has ended: the next one begins, unless this one was stopped or failed. */
  settled({ parentId, status }: Message, shown: OpenConversation): void {
    const conversation = this.#conversation;
    if (conversation === null || this.left === 0 || parentId !== this.#questionId) return;
    if (status !== 'done') {
      this.left = 0;
      return;
    }
    this.left -= 1;
    // It may have been opened anew meanwhile.
    const current = shown.id === conversation.id ? shown : conversation;
    void this.#answerAgain(current, this.#questionId).then((begun) => {
      if (!begun) this.left = 0;
    });
  }
}
