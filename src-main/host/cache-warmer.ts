/** Runs one speculative prefill at a time, and gives way to real requests. */
export class CacheWarmer {
  #stop = new AbortController();
  #finished: Promise<void> = Promise.resolve();

  /**
   * Replaces the running prefill, if any, with `prefill`. Errors are dropped: the request that needs the prompt
   * reports them.
   */
  start(prefill: (signal: AbortSignal) => Promise<void>): void {
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    this.#finished = this.#finished
      .then(async () => {
        if (!signal.aborted) await prefill(signal);
      })
      .catch(() => undefined);
  }

  /** Aborts the running prefill and waits until the model is free. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#finished;
  }
}
