import { setTimeout as sleep } from 'node:timers/promises';

/** Times in milliseconds. */
export interface CheckTimes {
  /** Before the check starts: the window comes first, and the first answer. */
  readonly delay: number;
  /** Between two pieces of work, which take a few milliseconds each. */
  readonly pause: number;
}

export const defaultCheckTimes: CheckTimes = { delay: 5000, pause: 30 };

/** Runs a check in small pieces, and only while the host has nothing else to do. */
export class BackgroundCheck {
  readonly #stop = new AbortController();

  /**
   * Starts the check.
   * @param isBusy whether the host has something else to do
   * @param check awaits `pause` between its pieces
   * @param onFailure receives what `check` throws, unless it was cancelled
   */
  constructor(
    times: CheckTimes,
    isBusy: () => boolean,
    check: (pause: () => Promise<void>) => Promise<void>,
    onFailure: (error: unknown) => void,
  ) {
    const { signal } = this.#stop;
    const pause = async (milliseconds: number) => {
      do await sleep(milliseconds, undefined, { signal });
      while (isBusy());
    };
    pause(times.delay)
      .then(() => check(() => pause(times.pause)))
      .catch((error: unknown) => {
        if (!signal.aborted) onFailure(error);
      });
  }

  /** Ends the check before its next piece. */
  cancel(): void {
    this.#stop.abort();
  }
}
