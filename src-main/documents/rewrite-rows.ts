import type { Database, Statement } from 'better-sqlite3';
import type { PendingRewrite, Rewrite, RewriteOutcome } from '../contract/document.ts';
import { knownOffset, type StoredOffset } from '../database/utc-offset.ts';

/** A rewrite without its runs. */
export type RewriteHead = Omit<Rewrite, 'runs'>;

/** A pending rewrite's id, with the text before its passage. */
export interface PendingRow extends Pick<PendingRewrite, 'before'> {
  readonly id: string;
}

type Row = Omit<RewriteHead, 'utcOffset'> & StoredOffset;

/** Statements on the table `rewrites`. */
export class RewriteRows {
  readonly #get: Statement<[string], Row>;
  readonly #pending: Statement<[], PendingRow>;
  readonly #insert: Statement<[Row & Pick<PendingRewrite, 'before'>]>;
  readonly #decide: Statement<[RewriteOutcome, string]>;

  constructor(database: Database) {
    this.#get = database.prepare(
      `SELECT id, document_id AS documentId, instruction, mode, selection, model_id AS modelId, provider,
         created_at AS createdAt, utc_offset AS utcOffset, outcome
       FROM rewrites WHERE id = ?`,
    );
    // Only the newest one: the next rewrite closes the one before.
    this.#pending = database.prepare(
      `SELECT id, before FROM rewrites
       WHERE number = (SELECT max(number) FROM rewrites) AND outcome = 'open' AND before IS NOT NULL`,
    );
    this.#insert = database.prepare(
      `INSERT INTO rewrites (id, document_id, instruction, mode, selection, model_id, provider, created_at, utc_offset,
         outcome, before)
       VALUES (@id, @documentId, @instruction, @mode, @selection, @modelId, @provider, @createdAt, @utcOffset,
         @outcome, @before)`,
    );
    this.#decide = database.prepare('UPDATE rewrites SET outcome = ? WHERE id = ?');
  }

  get(id: string): RewriteHead | undefined {
    const row = this.#get.get(id);
    if (row === undefined) return undefined;
    const { utcOffset: _, ...head } = row;
    return { ...head, ...knownOffset(row) };
  }

  /** The newest rewrite while it is pending; undefined if it was made by a version that didn't keep its place. */
  pending(): PendingRow | undefined {
    return this.#pending.get();
  }

  insert(rewrite: RewriteHead, before: string): void {
    this.#insert.run({ ...rewrite, utcOffset: rewrite.utcOffset ?? null, before });
  }

  /** Returns whether the rewrite exists. */
  decide(id: string, outcome: RewriteOutcome): boolean {
    return this.#decide.run(outcome, id).changes > 0;
  }
}
