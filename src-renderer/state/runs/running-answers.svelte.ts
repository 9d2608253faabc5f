import { SvelteMap } from 'svelte/reactivity';
import type { GenerationEvent } from '../../../src-main/contract/generation.ts';
import type { Message } from '../../../src-main/contract/history.ts';
import { RunningAnswer, type Clock } from './running-answer.svelte.ts';

const settledKept = 100;

/** All answers that are being written, in whichever conversation. */
export class RunningAnswers {
  readonly #running = new SvelteMap<string, RunningAnswer>();
  /** Answers that ended lately, so that a reply that was under way can't bring them back to life. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read once on arrival, never shown
  readonly #settled = new Map<string, Message>();
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
    if (message.status !== 'streaming' || this.#settled.has(message.id)) return;
    this.#at(message.id).attach(message);
  }

  apply(messageId: string, events: readonly GenerationEvent[]): void {
    if (!this.#settled.has(messageId)) this.#at(messageId).apply(events);
  }

  settle(message: Message): void {
    this.#running.delete(message.id);
    this.#settled.set(message.id, message);
    const oldest = this.#settled.keys().next();
    if (this.#settled.size > settledKept && oldest.done !== true) this.#settled.delete(oldest.value);
  }

  /** `message`, or what is known of it by now if it has ended since it was read. */
  latest(message: Message): Message {
    return message.status === 'streaming' ? (this.#settled.get(message.id) ?? message) : message;
  }

  #at(messageId: string): RunningAnswer {
    const known = this.#running.get(messageId);
    if (known !== undefined) return known;
    const answer = new RunningAnswer(messageId, this.#clock);
    this.#running.set(messageId, answer);
    return answer;
  }
}
