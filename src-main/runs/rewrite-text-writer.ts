import type { TokenEvent } from '../contract/generation.ts';
import type { RecordedRun, RunToken, StartedStatus, TraceEvent } from '../contract/run.ts';
import { runTokenOf } from '../contract/run.ts';
import type { RunEnd } from './runs.ts';
import type { WriterOptions } from './timed-writer.ts';
import { TimedWriter } from './timed-writer.ts';

/** Keeps a run of a rewrite while it is written. */
export class RewriteTextWriter extends TimedWriter {
  readonly #stored: RecordedRun;
  /** @throws ForedraftError where the database refuses */
  readonly #write: (run: RecordedRun) => void;
  readonly #tokens: RunToken[] = [];
  readonly #trace: TraceEvent[] = [];
  #text = '';

  constructor(stored: RecordedRun, write: (run: RecordedRun) => void, options?: WriterOptions) {
    super(options);
    this.#stored = stored;
    this.#write = write;
  }

  /** The run as it is now. */
  get run(): RecordedRun {
    return this.#runAt(this.standing);
  }

  /** Takes down what belongs to the text; it is in the database `saveEveryMs` later at the latest. */
  add(event: TokenEvent | TraceEvent): void {
    if (this.ended) return;
    if (event.type === 'token') {
      this.#tokens.push(runTokenOf(event));
      this.#text += event.text;
    } else {
      this.#trace.push(event);
    }
    this.added();
  }

  protected write(status: StartedStatus, end: RunEnd | null): void {
    this.#write(this.#runAt({ status, ...(end ?? { endReason: null, statistics: null, error: null }) }));
  }

  #runAt(state: RunEnd & { readonly status: StartedStatus }): RecordedRun {
    const { status, endReason, statistics, error } = state;
    const output = { text: this.#text, tokens: [...this.#tokens], trace: [...this.#trace] };
    return { ...this.#stored, ...output, status, endReason, statistics, error };
  }
}
