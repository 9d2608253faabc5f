import type { Database, Statement } from 'better-sqlite3';
import type { Vote, VoteFilter } from '../contract/comparison.ts';

/** A vote with the names of both runs' columns, which the voter did not see. */
export interface NamedVote extends Vote {
  readonly firstName: string;
  readonly secondName: string;
}

/** Statements on the table `votes`. */
export class VoteRows {
  readonly #insert: Statement<[Vote]>;
  readonly #on: Statement<[string], Vote>;
  readonly #named: Statement<[{ tag: string | null; raw: number | null }], NamedVote>;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO votes (id, comparison_id, first_run_id, second_run_id, outcome, created_at)
       VALUES (@id, @comparisonId, @firstRunId, @secondRunId, @outcome, @createdAt)`,
    );
    this.#on = database.prepare(
      `SELECT id, comparison_id AS comparisonId, first_run_id AS firstRunId, second_run_id AS secondRunId, outcome,
         created_at AS createdAt
       FROM votes WHERE comparison_id = ? ORDER BY number`,
    );
    this.#named = database.prepare(
      `SELECT votes.id, votes.comparison_id AS comparisonId, first_run_id AS firstRunId,
         second_run_id AS secondRunId, outcome, votes.created_at AS createdAt,
         first_column.name AS firstName, second_column.name AS secondName
       FROM votes
       JOIN comparisons ON comparisons.id = votes.comparison_id
       JOIN runs AS first_run ON first_run.id = first_run_id
       JOIN runs AS second_run ON second_run.id = second_run_id
       JOIN comparison_columns AS first_column ON first_column.id = first_run.column_id
       JOIN comparison_columns AS second_column ON second_column.id = second_run.column_id
       WHERE (@tag IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = @tag))
         AND (@raw IS NULL OR raw = @raw)
       ORDER BY votes.number`,
    );
  }

  insert(vote: Vote): void {
    this.#insert.run(vote);
  }

  on(comparisonId: string): readonly Vote[] {
    return this.#on.all(comparisonId);
  }

  /** Votes on comparisons that match the filter, oldest first. */
  named({ tag, promptKind }: VoteFilter): readonly NamedVote[] {
    return this.#named.all({ tag, raw: promptKind === null ? null : Number(promptKind === 'raw') });
  }
}
