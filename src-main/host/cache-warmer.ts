/** What is read before anybody has asked for an answer to it: it gives way to whatever is really wanted. */
export class CacheWarmer {
  #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  /**
   * Begins `read` in place of what is being read. Nobody waits for it, so that its failure is nobody's: what it
   * can't read is told when it is asked for.
   */
  begin(read: (signal: AbortSignal) => Promise<void>): void {
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    this.#ended = this.#ended
      .then(async () => {
        if (!signal.aborted) await read(signal);
      })
      .catch(() => undefined);
  }

  /** Ends what is being read, and waits until the model is free. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }
}
