/** Largest share of the time that the work may take. */
const maxShare = 0.25;
/** Work faster than this is never delayed. */
const quickMs = 2;

/** Work that is repeated whenever there is something new, at most `maxShare` of the time. */
export class ThrottledWork {
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Runs the work now, or as soon as the throttle allows. */
  request(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#run(), wait);
    else this.#run();
  }

  /** Drops a delayed run. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#timer = undefined;
    const start = performance.now();
    this.#work();
    const end = performance.now();
    const took = end - start;
    this.#notBefore = took < quickMs ? end : end + took / maxShare;
  }
}
