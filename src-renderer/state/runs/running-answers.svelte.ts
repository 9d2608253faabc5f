import { SvelteMap } from 'svelte/reactivity';
import type { Message } from '../../../src-main/contract/conversation.ts';
import { answerWith } from '../../../src-main/contract/conversation.ts';
import type { MessageOwner, Run } from '../../../src-main/contract/run.ts';
import { RunningAnswer, type Clock } from './running-answer.svelte.ts';

const settledKept = 100;

/** All answers that are being written, in whichever conversation. */
export class RunningAnswers {
  readonly #running = new SvelteMap<string, RunningAnswer>();
  /** Answers that ended lately, so that a reply that was under way can't bring them back to life. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read once on arrival, never shown
  readonly #settled = new Map<string, Run>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get any(): boolean {
    return this.#running.size > 0;
  }

  of(messageId: string): RunningAnswer | undefined {
    return this.#running.get(messageId);
  }

  inConversation(conversationId: string | null): RunningAnswer | undefined {
    if (conversationId === null) return undefined;
    for (const answer of this.#running.values()) {
      if (answer.conversationId === conversationId) return answer;
    }
    return undefined;
  }

  /** Follows `message` from now on, unless it has ended already. */
  attach(message: Message): void {
    const { id, status, run } = message;
    if (status !== 'streaming' || run === null || this.#settled.has(id)) return;
    const answer = this.#at(id, run.id);
    answer.message = message;
    answer.attach(message);
  }

  /** The answer that `runId` writes, if it is followed. */
  ofRun(runId: string): RunningAnswer | undefined {
    for (const answer of this.#running.values()) if (answer.runId === runId) return answer;
    return undefined;
  }

  /** Takes on a run that started or ended. */
  change(run: Run, { messageId, conversationId }: MessageOwner): void {
    if (run.status !== 'streaming') this.#settle(messageId, run);
    else if (!this.#settled.has(messageId))
      this.#at(messageId, run.id).attach({ conversationId, content: run.text });
  }

  /** `message`, or what is known of it by now if it has ended since it was read. */
  latest(message: Message): Message {
    const run = message.status === 'streaming' ? this.#settled.get(message.id) : undefined;
    return run === undefined ? message : answerWith(message, run);
  }

  #settle(messageId: string, run: Run): void {
    this.#running.delete(messageId);
    this.#settled.set(messageId, run);
    const oldest = this.#settled.keys().next();
    if (this.#settled.size > settledKept && oldest.done !== true) this.#settled.delete(oldest.value);
  }

  #at(messageId: string, runId: string): RunningAnswer {
    const known = this.#running.get(messageId);
    if (known !== undefined) return known;
    const answer = new RunningAnswer(messageId, runId, this.#clock);
    this.#running.set(messageId, answer);
    return answer;
  }
}
