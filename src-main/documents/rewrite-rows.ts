import type { Database, Statement } from 'better-sqlite3';
import type { Rewrite, RewriteOutcome } from '../contract/document.ts';

/** A rewrite without its runs. */
export type RewriteHead = Omit<Rewrite, 'runs'>;

/** Statements on the table `rewrites`. */
export class RewriteRows {
  readonly #get: Statement<[string], RewriteHead>;
  readonly #insert: Statement<[RewriteHead]>;
  readonly #decide: Statement<[RewriteOutcome, string]>;

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
  }

  get(id: string): RewriteHead | undefined {
    return this.#get.get(id);
  }

  insert(rewrite: RewriteHead): void {
    this.#insert.run(rewrite);
  }

  /** Returns whether the rewrite exists. */
  decide(id: string, outcome: RewriteOutcome): boolean {
    return this.#decide.run(outcome, id).changes > 0;
  }
}
