import type { RunToken, StartedStatus, TraceEvent } from '../contract/run.ts';
import type { ComparisonRun } from '../contract/comparison.ts';
import type { TokenEvent } from '../contract/generation.ts';
import type { RunEnd } from './runs.ts';
import type { WriterOptions } from './timed-writer.ts';
import { TimedWriter } from './timed-writer.ts';

/** What a save puts into the database: the whole text, and the tokens and the trace that are not there yet. */
export interface RunState {
  readonly text: string;
  readonly status: StartedStatus;
  readonly tokens: readonly RunToken[];
  /** Number of the first event in `trace`, from 0. */
  readonly firstEvent: number;
  readonly trace: readonly TraceEvent[];
  /** null while the run goes on. */
  readonly end: RunEnd | null;
}

/** Keeps a run of a comparison while it is written. */
export class RunWriter extends TimedWriter {
  readonly #stored: ComparisonRun;
  /** @throws ForedraftError where the database refuses */
  readonly #write: (state: RunState) => void;
  readonly #tokens: RunToken[] = [];
  readonly #trace: TraceEvent[] = [];
  #text = '';
  #savedTokens = 0;
  #savedEvents = 0;

  /** `stored` is the empty run as it is in the database. */
  constructor(stored: ComparisonRun, write: (state: RunState) => void, options?: WriterOptions) {
    super(options);
    this.#stored = stored;
    this.#write = write;
  }

  /** The whole run as it is now; where its end could not be saved, it is a failed one that says why. */
  get run(): ComparisonRun {
    const tokens = [...this.#tokens];
    return { ...this.#stored, ...this.standing, text: this.#text, tokens, trace: [...this.#trace] };
  }

  /** Appends an event; it is in the database `saveEveryMs` later at the latest, if that can be written. */
  add(event: TokenEvent | TraceEvent): void {
    // Events still come in when the program quits or the comparison is gone: the end has been said.
    if (this.ended) return;
    if (event.type === 'token') {
      this.#tokens.push(tokenFrom(event));
      this.#text += event.text;
    } else {
      this.#trace.push(event);
    }
    this.added();
  }

  protected write(status: StartedStatus, end: RunEnd | null): void {
    const tokens = this.#tokens.slice(this.#savedTokens);
    const trace = this.#trace.slice(this.#savedEvents);
    this.#write({ text: this.#text, status, tokens, firstEvent: this.#savedEvents, trace, end });
    this.#savedTokens = this.#tokens.length;
    this.#savedEvents = this.#trace.length;
  }
}

function tokenFrom({ position, id, text, logProbability, policyLogProbability, origin }: TokenEvent) {
  return { position, id, text, logProbability, policyLogProbability, ...(origin && { origin }) };
}
