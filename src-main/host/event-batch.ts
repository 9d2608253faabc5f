import type { GenerationEvent } from '../contract/generation.ts';

/**
 * Two frames of a 60 Hz screen. Text that grows 30 times per second reads as smoothly as at 60, and leaves the
 * CPU that generates it half the drawing.
 */
export const frameMs = 33;

/**
 * Sends events in batches, at most one per frame. The first event after a pause is sent immediately, so that
 * batching never delays the first token.
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

  /** Sends the remaining events and stops the timer. */
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
