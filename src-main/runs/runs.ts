import type { AnswerRun } from '../contract/conversation.ts';
import type { Database, Statement } from 'better-sqlite3';
import type { ErrorReport } from '../contract/error.ts';
import type { EndReason, Statistics } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import { numbersFromJson, numbersToJson } from '../database/numbers-json.ts';

/** How a run ended; what an end has no use for is null. */
export type RunEnd = Pick<AnswerRun, 'endReason' | 'statistics' | 'error'>;

/** A run's columns beside a message's; all null where the message has no run. */
export interface RunColumns {
  readonly runId: string | null;
  readonly modelId: string;
  readonly provider: string;
  readonly strategy: string;
  readonly endReason: EndReason | null;
  readonly statistics: string | null;
  readonly error: string | null;
}

export const runColumns = `
  runs.id AS runId, model_id AS modelId, provider, strategy, end_reason AS endReason, statistics, error`;

/** Statements on the table `runs`; a run is read with its message. */
export class RunRows {
  readonly #insert: Statement<[string, string, string, string, string]>;
  readonly #end: Statement<[string | null, string | null, string | null, string]>;

  constructor(database: Database) {
    this.#insert = database.prepare(
      'INSERT INTO runs (id, message_id, model_id, provider, strategy) VALUES (?, ?, ?, ?, ?)',
    );
    this.#end = database.prepare('UPDATE runs SET end_reason = ?, statistics = ?, error = ? WHERE id = ?');
  }

  /** Adds a run that has not ended. */
  insert(messageId: string, run: Omit<AnswerRun, keyof RunEnd | 'startedAt'>): void {
    this.#insert.run(run.id, messageId, run.modelId, run.provider, JSON.stringify(run.strategy));
  }

  end(id: string, { endReason, statistics, error }: RunEnd): void {
    this.#end.run(endReason, statistics && numbersToJson(statistics), error && JSON.stringify(error), id);
  }
}

/** The run that a row's columns hold. */
export function runFrom(row: RunColumns & { readonly createdAt: number }): AnswerRun | null {
  if (row.runId === null) return null;
  return {
    id: row.runId,
    modelId: row.modelId,
    provider: row.provider,
    strategy: JSON.parse(row.strategy) as Strategy,
    endReason: row.endReason,
    statistics: row.statistics === null ? null : numbersFromJson<Statistics>(row.statistics),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
    startedAt: row.createdAt,
  };
}
