/** Work must not take more than this part of the time. */
const share = 0.25;
/** Work that took less than this is done again at once. */
const quickMs = 2;

/** Work that is done again each time there is something new, but never takes most of the time. */
export class Repeating {
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Does it now, or as soon as its last time is long enough ago. */
  soon(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#now(), wait);
    else this.#now();
  }

  /** Does nothing more that is still to be done. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #now(): void {
    this.#timer = undefined;
    const start = performance.now();
    this.#work();
    const end = performance.now();
    const took = end - start;
    this.#notBefore = took < quickMs ? end : end + took / share;
  }
}
