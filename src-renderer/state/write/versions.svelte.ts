import type { RunStatus } from '../../../src-main/contract/run.ts';
import type { OpenConversation } from './open-conversation.svelte.ts';

/** Starts another answer to a question; returns whether main accepted it. */
type AnswerAgain = (conversation: OpenConversation, questionId: string) => Promise<boolean>;

/** Several answers to one question, started one after another. */
export class Versions {
  /** Answers still to start after the current one. */
  left = $state.raw(0);
  #conversation: OpenConversation | null = null;
  #questionId = '';
  readonly #answerAgain: AnswerAgain;

  constructor(answerAgain: AnswerAgain) {
    this.#answerAgain = answerAgain;
  }

  /** The first of `count` answers to `questionId` has started. */
  begin(conversation: OpenConversation, questionId: string, count: number): void {
    this.left = count - 1;
    this.#conversation = conversation;
    this.#questionId = questionId;
  }

  /** The answer `messageId` has ended: starts the next one, unless it was stopped or failed. */
  settled(messageId: string, status: RunStatus, shown: OpenConversation): void {
    const started = this.#conversation;
    if (started === null || this.left === 0) return;
    // The conversation may have been opened again since.
    const conversation = shown.id === started.id ? shown : started;
    const answer = conversation.messages.find(({ id }) => id === messageId);
    if (answer?.parentId !== this.#questionId) return;
    if (status !== 'done') {
      this.left = 0;
      return;
    }
    this.left -= 1;
    void this.#answerAgain(conversation, this.#questionId).then((accepted) => {
      if (!accepted) this.left = 0;
    });
  }
}
