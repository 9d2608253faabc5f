import type { GenerationEvent } from '../contract/generation.ts';

type Batch = readonly GenerationEvent[];

/** Turns batches that are pushed at any time into promises for a single consumer. */
export class BatchQueue {
  #batches: Batch[] = [];
  #error: Error | undefined;
  #waiting: { resolve(batch: Batch): void; reject(error: Error): void } | undefined;

  push(batch: Batch): void {
    if (this.#waiting) {
      this.#waiting.resolve(batch);
      this.#waiting = undefined;
    } else {
      this.#batches.push(batch);
    }
  }

  /** Once the batches pushed so far are consumed, `next` rejects with `error`. */
  fail(error: Error): void {
    this.#error ??= error;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  next(): Promise<Batch> {
    const batch = this.#batches.shift();
    if (batch) return Promise.resolve(batch);
    if (this.#error) return Promise.reject(this.#error);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }
}
