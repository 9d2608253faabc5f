export interface WatchdogTimes {
  /** Time between two pings, in milliseconds. */
  readonly pingMs: number;
  /** Silence, in milliseconds, after which the host counts as hung. */
  readonly silenceMs: number;
}

export const defaultWatchdogTimes: WatchdogTimes = { pingMs: 2000, silenceMs: 10_000 };

/**
 * Detects a host that stopped responding. It counts unanswered pings instead of reading a clock, so that a
 * machine waking from sleep doesn't find its host declared hung.
 */
export class Watchdog {
  readonly #timer: ReturnType<typeof setInterval>;
  #unanswered = 0;

  constructor(times: WatchdogTimes, ping: () => void, onHang: () => void) {
    const limit = Math.max(1, Math.round(times.silenceMs / times.pingMs));
    this.#timer = setInterval(() => {
      if (this.#unanswered >= limit) {
        this.stop();
        onHang();
        return;
      }
      this.#unanswered += 1;
      ping();
    }, times.pingMs);
  }

  /** To be called for every reply of the host. */
  reset(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
