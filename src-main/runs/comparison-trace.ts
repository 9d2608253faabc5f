import type { TraceEvent } from '../contract/run.ts';
import type { Database, Statement } from 'better-sqlite3';
import { traceFromJson, traceToJson } from './trace-json.ts';

/** Statements on the table `comparison_trace`. */
export class ComparisonTraceRows {
  readonly #write: Statement<[string, number, string]>;
  readonly #ofRun: Statement<[string], string>;
  readonly #clear: Statement<[string]>;

  constructor(database: Database) {
    // A save that is tried again may write the same again.
    this.#write = database.prepare(
      'INSERT OR REPLACE INTO comparison_trace (run_id, first_event, events) VALUES (?, ?, ?)',
    );
    this.#ofRun = database
      .prepare<[string], string>('SELECT events FROM comparison_trace WHERE run_id = ? ORDER BY first_event')
      .pluck();
    this.#clear = database.prepare('DELETE FROM comparison_trace WHERE run_id = ?');
  }

  /** Adds consecutive events, the first of which is number `first` of the run, from 0. */
  write(runId: string, first: number, events: readonly TraceEvent[]): void {
    if (events.length > 0) this.#write.run(runId, first, traceToJson(events));
  }

  /** In the order in which they were told. */
  ofRun(runId: string): readonly TraceEvent[] {
    return this.#ofRun.all(runId).flatMap(traceFromJson);
  }

  clear(runId: string): void {
    this.#clear.run(runId);
  }
}
