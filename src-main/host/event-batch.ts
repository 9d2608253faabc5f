import type { GenerationEvent } from '../contract/generation.ts';

/**
 * Two frames of a 60 Hz screen. Text that grows thirty times a second reads as smoothly as at sixty, and
 * drawing it takes half as much from the processor that writes it.
 */
export const frameMs = 33;

/**
 * Collects events and sends them at most once a frame. The first event after a pause goes out at once, so
 * that batching never delays the first token.
 */
export class EventBatch {
  readonly #send: (events: readonly GenerationEvent[]) => void;
  #events: GenerationEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (events: readonly GenerationEvent[]) => void) {
    this.#send = send;
  }

  add(event: GenerationEvent): void {
    this.#events.push(event);
    if (this.#timer !== undefined) return;
    this.#sendNow();
    this.#timer = setTimeout(() => this.#onFrame(), frameMs);
  }

  /** Sends what is left, and nothing later. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sendNow();
  }

  #onFrame(): void {
    this.#timer = this.#events.length > 0 ? setTimeout(() => this.#onFrame(), frameMs) : undefined;
    this.#sendNow();
  }

  #sendNow(): void {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#send(events);
  }
}
