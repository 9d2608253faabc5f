import { ForedraftError, reportOf } from '../contract/error.ts';
import type { GenerationEvent } from '../contract/generation.ts';
import type { Message } from '../contract/history.ts';
import type { AnswerWriter } from '../history/answer-writer.ts';

type Batch = readonly GenerationEvent[];

/** One answer while the engine writes it: takes down every event before anybody is told. */
export class RunningAnswer {
  readonly writer: AnswerWriter;
  /** Settles, and never fails, when the answer has ended in any way. */
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();

  /** Starts at once. `tell` is given each batch after it was taken down. */
  constructor(
    writer: AnswerWriter,
    generate: (signal: AbortSignal) => AsyncIterable<Batch>,
    tell: (events: Batch) => void,
  ) {
    this.writer = writer;
    this.ended = this.#follow(generate, tell);
  }

  get message(): Message {
    return this.writer.message;
  }

  /** Asks the engine to end the answer; `ended` tells when it has. */
  stop(): void {
    this.#abort.abort();
  }

  /** The program quits: keeps what there is, and doesn't wait for the engine. */
  interrupt(): void {
    this.writer.interrupt();
    this.#abort.abort();
  }

  async #follow(generate: (signal: AbortSignal) => AsyncIterable<Batch>, tell: (events: Batch) => void) {
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
    if (event.type === 'token') this.writer.add(event);
    else if (event.type === 'end') this.writer.finish(event.reason, event.statistics);
  }
}
