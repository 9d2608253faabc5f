import type { TraceEvent } from '../contract/run.ts';
import type { ErrorReport } from '../contract/error.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import type { EndReason, GenerationEvent, Statistics, TokenEvent } from '../contract/generation.ts';

/** Keeps a text while it is written; none of these throws. */
export interface Writer {
  readonly ended: boolean;
  finish(reason: EndReason, statistics: Statistics): void;
  fail(error: ErrorReport): void;
  interrupt(): void;
}

type Batch = readonly GenerationEvent[];
type Generate = (signal: AbortSignal) => AsyncIterable<Batch>;

/** One text while the engine writes it: takes down every event before anybody is told. */
export class Recording<Kept extends Writer> {
  readonly writer: Kept;
  /** Settles, and never fails, when the text has ended in any way. */
  readonly ended: Promise<void>;
  readonly #keep: (event: TokenEvent | TraceEvent) => void;
  readonly #abort = new AbortController();

  /** Starts at once. `keep` is given what the text consists of, and `tell` each batch after that. */
  constructor(
    writer: Kept,
    keep: (event: TokenEvent | TraceEvent) => void,
    generate: Generate,
    tell: (events: Batch) => void,
  ) {
    this.writer = writer;
    this.#keep = keep;
    this.ended = this.#follow(generate, tell);
  }

  /** Asks the engine to end the text; `ended` tells when it has. */
  stop(): void {
    this.#abort.abort();
  }

  /** The program quits: keeps what there is, and doesn't wait for the engine. */
  interrupt(): void {
    this.writer.interrupt();
    this.#abort.abort();
  }

  async #follow(generate: Generate, tell: (events: Batch) => void) {
    try {
      for await (const events of generate(this.#abort.signal)) {
        for (const event of events) this.#take(event);
        if (events.length > 0) tell(events);
      }
      if (!this.writer.ended) {
        throw new ForedraftError('runtime-failed', 'The engine left off without an end: try again.');
      }
    } catch (error) {
      this.writer.fail(reportOf(error, 'runtime-failed'));
    }
  }

  #take(event: GenerationEvent): void {
    if (event.type === 'end') this.writer.finish(event.reason, event.statistics);
    else if (event.type !== 'prompt-progress' && event.type !== 'preview') this.#keep(event);
  }
}
