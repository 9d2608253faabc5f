export interface WatchdogTimes {
  /** Time between two pings, in milliseconds. */
  readonly pingMs: number;
  /** Silence, in milliseconds, after which the host counts as hung. */
  readonly silenceMs: number;
}

export const defaultWatchdogTimes: WatchdogTimes = { pingMs: 2000, silenceMs: 10_000 };

/**
 * Notices a host that stopped answering. It counts unanswered pings and does not read a clock, so that a
 * machine that slept doesn't wake up to a host declared dead.
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

  /** Anything was heard from the host. */
  heard(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
