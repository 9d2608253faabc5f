import type { Database, Statement } from 'better-sqlite3';
import type { ComparisonRun } from '../contract/comparison.ts';
import type { ErrorReport } from '../contract/error.ts';
import type { Statistics } from '../contract/generation.ts';
import { numbersFromJson, numbersToJson } from '../database/numbers-json.ts';

/** A run without its tokens and trace. */
export type ComparisonRunHead = Omit<ComparisonRun, 'tokens' | 'trace'>;
/** What changes while a run is written. */
export type ComparisonRunState = Pick<
  ComparisonRun,
  'status' | 'text' | 'endReason' | 'statistics' | 'error'
>;

type Stored<T extends ComparisonRunState> = Omit<T, 'statistics' | 'error'> & {
  readonly statistics: string | null;
  readonly error: string | null;
};
type Row = Stored<ComparisonRunHead>;

const columns = `id, column_id AS columnId, repeat, status, text, end_reason AS endReason, statistics, error,
  started_at AS startedAt`;

/** Statements on the table `comparison_runs`. */
export class ComparisonRunRows {
  readonly #get: Statement<[string], Row>;
  readonly #comparisonOf: Statement<[string], string>;
  readonly #ofComparison: Statement<[string], Row>;
  readonly #insert: Statement<[Row & { comparisonId: string }]>;
  readonly #write: Statement<[Stored<ComparisonRunState> & { id: string }]>;
  readonly #begin: Statement<[number, string]>;
  readonly #putOff: Statement<[string]>;
  readonly #interrupt: Statement<[]>;

  constructor(database: Database) {
    this.#get = database.prepare(`SELECT ${columns} FROM comparison_runs WHERE id = ?`);
    this.#comparisonOf = database
      .prepare<[string], string>('SELECT comparison_id FROM comparison_runs WHERE id = ?')
      .pluck();
    this.#ofComparison = database.prepare(
      `SELECT ${columns} FROM comparison_runs WHERE comparison_id = ? ORDER BY number`,
    );
    this.#insert = database.prepare(
      `INSERT INTO comparison_runs
         (id, comparison_id, column_id, repeat, status, text, end_reason, statistics, error, started_at)
       VALUES (@id, @comparisonId, @columnId, @repeat, @status, @text, @endReason, @statistics, @error,
         @startedAt)`,
    );
    this.#write = database.prepare(
      `UPDATE comparison_runs SET status = @status, text = @text, end_reason = @endReason,
         statistics = @statistics, error = @error
       WHERE id = @id`,
    );
    this.#begin = database.prepare(
      `UPDATE comparison_runs SET status = 'streaming', text = '', end_reason = NULL, statistics = NULL,
         error = NULL, started_at = ?
       WHERE id = ? AND status = 'waiting'`,
    );
    this.#putOff = database.prepare(
      `UPDATE comparison_runs SET status = 'waiting', end_reason = NULL, statistics = NULL, error = NULL,
         started_at = NULL
       WHERE id = ? AND status IN ('stopped', 'interrupted', 'failed')`,
    );
    this.#interrupt = database.prepare(
      `UPDATE comparison_runs SET status = 'interrupted' WHERE status = 'streaming'`,
    );
  }

  get(id: string): ComparisonRunHead | undefined {
    const row = this.#get.get(id);
    return row && headFrom(row);
  }

  /** The id of the comparison that the run `id` belongs to. */
  comparisonOf(id: string): string | undefined {
    return this.#comparisonOf.get(id);
  }

  /** In the order of their turns. */
  ofComparison(comparisonId: string): readonly ComparisonRunHead[] {
    return this.#ofComparison.all(comparisonId).map(headFrom);
  }

  /** Adds a run whose turn comes after those that are there. */
  insert(comparisonId: string, run: ComparisonRunHead): void {
    const { id, columnId, repeat, startedAt } = run;
    this.#insert.run({ id, comparisonId, columnId, repeat, startedAt, ...storedState(run) });
  }

  /** Tells whether there is such a run. */
  write(id: string, state: ComparisonRunState): boolean {
    return this.#write.run({ id, ...storedState(state) }).changes > 0;
  }

  /** Empties a run that waits and marks it as being written; tells whether there is such a run. */
  begin(id: string, startedAt: number): boolean {
    return this.#begin.run(startedAt, id).changes > 0;
  }

  /** Lets a run that broke off wait again, with its text. */
  putOff(id: string): void {
    this.#putOff.run(id);
  }

  /** Marks every run that is still being written, and tells how many there were. */
  interruptStreaming(): number {
    return this.#interrupt.run().changes;
  }
}

function headFrom(row: Row): ComparisonRunHead {
  return {
    ...row,
    statistics: row.statistics === null ? null : numbersFromJson<Statistics>(row.statistics),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
  };
}

function storedState(state: ComparisonRunState): Stored<ComparisonRunState> {
  const { status, text, endReason, statistics, error } = state;
  return {
    status,
    text,
    endReason,
    statistics: statistics && numbersToJson(statistics),
    error: error && JSON.stringify(error),
  };
}
