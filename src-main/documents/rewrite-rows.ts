import type { Database, Statement } from 'better-sqlite3';
import type { Rewrite, RewriteOutcome, RewriteText } from '../contract/document.ts';
import type { ErrorReport } from '../contract/error.ts';
import type { RecordedRun } from '../contract/run.ts';
import type { Statistics } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import { numbersFromJson, numbersToJson } from '../database/numbers-json.ts';

type Head = Omit<Rewrite, 'runs'>;

interface TextRow extends Omit<RewriteText, 'runId' | 'strategy' | 'statistics' | 'error'> {
  readonly position: number;
  readonly strategy: string;
  readonly statistics: string | null;
  readonly error: string | null;
}
interface PlacedRow extends TextRow {
  readonly rewriteId: string;
}

/** Statements on the tables `rewrites` and `rewrite_texts`. */
export class RewriteRows {
  readonly #get: Statement<[string], Head>;
  readonly #insert: Statement<[Head]>;
  readonly #decide: Statement<[RewriteOutcome, string]>;
  readonly #texts: Statement<[string], TextRow>;
  readonly #writeText: Statement<[PlacedRow]>;
  readonly #interrupt: Statement<[]>;

  constructor(database: Database) {
    this.#get = database.prepare(
      `SELECT id, document_id AS documentId, instruction, mode, selection, model_id AS modelId, provider,
         created_at AS createdAt, outcome
       FROM rewrites WHERE id = ?`,
    );
    this.#insert = database.prepare(
      `INSERT INTO rewrites (id, document_id, instruction, mode, selection, model_id, provider, created_at, outcome)
       VALUES (@id, @documentId, @instruction, @mode, @selection, @modelId, @provider, @createdAt, @outcome)`,
    );
    this.#decide = database.prepare('UPDATE rewrites SET outcome = ? WHERE id = ?');
    this.#texts = database.prepare(
      `SELECT position, text, strategy, status, end_reason AS endReason, statistics, error
       FROM rewrite_texts WHERE rewrite_id = ? ORDER BY position`,
    );
    this.#writeText = database.prepare(
      `INSERT OR REPLACE INTO rewrite_texts
         (rewrite_id, position, text, strategy, status, end_reason, statistics, error)
       VALUES (@rewriteId, @position, @text, @strategy, @status, @endReason, @statistics, @error)`,
    );
    this.#interrupt = database.prepare(
      "UPDATE rewrite_texts SET status = 'interrupted' WHERE status = 'streaming'",
    );
  }

  get(id: string): Rewrite | undefined {
    const head = this.#get.get(id);
    return head && { ...head, runs: this.#texts.all(id).map((row) => runFrom(head, row)) };
  }

  insert(rewrite: Head): void {
    this.#insert.run(rewrite);
  }

  /** Tells whether there is such a rewrite. */
  decide(id: string, outcome: RewriteOutcome): boolean {
    return this.#decide.run(outcome, id).changes > 0;
  }

  /** Keeps one of its texts, in place of what was there. */
  writeText(rewriteId: string, position: number, { runId: _runId, ...text }: RewriteText): void {
    const { strategy, statistics, error } = text;
    this.#writeText.run({
      ...text,
      rewriteId,
      position,
      strategy: JSON.stringify(strategy),
      statistics: statistics && numbersToJson(statistics),
      error: error && JSON.stringify(error),
    });
  }

  /** The program ended while these were being written. */
  interruptStreaming(): void {
    this.#interrupt.run();
  }
}

/** The id of the run whose first text has the place `position` in a rewrite. */
export const runIdAt = (rewriteId: string, position: number): string => `${rewriteId} ${position}`;

function runFrom({ id, modelId, provider, createdAt }: Head, { position, ...row }: TextRow): RecordedRun {
  return {
    ...row,
    id: runIdAt(id, position),
    owner: { kind: 'rewrite', rewriteId: id, position },
    modelId,
    provider,
    startedAt: createdAt,
    tokens: [],
    trace: [],
    strategy: JSON.parse(row.strategy) as Strategy,
    statistics: row.statistics === null ? null : numbersFromJson<Statistics>(row.statistics),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
  };
}
