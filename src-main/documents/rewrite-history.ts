import { randomUUID } from 'node:crypto';
import type { NewRewrite, Rewrite, RewriteOutcome } from '../contract/document.ts';
import { ForedraftError } from '../contract/error.ts';
import type { HistoryDatabase } from '../database/database.ts';
import type { RecordedRun } from '../contract/run.ts';
import { rewriteTexts } from '../contract/document.ts';
import { RewriteTextWriter } from '../runs/rewrite-text-writer.ts';
import { RewriteRows } from './rewrite-rows.ts';
import type { WriterOptions } from '../runs/timed-writer.ts';

export interface RewriteHistoryOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly writer: WriterOptions;
}

/** Every rewrite there was. Failures are ForedraftErrors, and leave everything as it was. */
export class RewriteHistory {
  readonly #database: HistoryDatabase;
  readonly #options: RewriteHistoryOptions;
  readonly #rows: RewriteRows;

  constructor(database: HistoryDatabase, options: RewriteHistoryOptions) {
    this.#database = database;
    this.#options = options;
    this.#rows = database.read('read the rewrites', () => new RewriteRows(database.connection));
    database.write('open the rewrites', () => this.#rows.interruptStreaming());
  }

  /** Keeps a rewrite that has no text yet, by the model `modelId` on `provider`. */
  create(
    { documentId, instruction, mode, selection }: NewRewrite,
    model: Pick<Rewrite, 'modelId' | 'provider'>,
  ): Rewrite {
    const id = randomUUID();
    const createdAt = this.#options.now();
    const head = { documentId, instruction, mode, selection, createdAt, outcome: 'open' } as const;
    return this.#database.write('keep the rewrite', () => {
      this.#rows.insert({ id, ...head, modelId: model.modelId, provider: model.provider });
      return this.#rewrite(id);
    });
  }

  /** @throws ForedraftError `not-found` */
  open(id: string): Rewrite {
    return this.#database.read('open the rewrite', () => this.#rewrite(id));
  }

  /** Keeps what became of it. @throws ForedraftError `not-found` */
  decide(id: string, outcome: RewriteOutcome): void {
    this.#database.write('keep the decision', () => {
      if (!this.#rows.decide(id, outcome)) throw noRewrite(id);
    });
  }

  /** Keeps the texts of a run of the rewrite `id`, from `position` on, while they are written. */
  writeRun(id: string, position: number, run: RecordedRun): RewriteTextWriter {
    const writer = new RewriteTextWriter(
      run,
      (state) =>
        this.#database.write('keep the rewrite', () => {
          // One that was removed with its document meanwhile takes nothing more.
          if (this.#rows.get(id) === undefined) return;
          for (const [place, text] of rewriteTexts([state]).entries())
            this.#rows.writeText(id, position + place, text);
        }),
      this.#options.writer,
    );
    return writer;
  }

  #rewrite(id: string): Rewrite {
    const rewrite = this.#rows.get(id);
    if (rewrite) return rewrite;
    throw noRewrite(id);
  }
}

function noRewrite(id: string): ForedraftError {
  return new ForedraftError('not-found', `There is no rewrite ${id}: start it again.`, { id });
}
