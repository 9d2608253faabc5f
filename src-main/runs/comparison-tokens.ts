import type { RunToken } from '../contract/run.ts';
import type { Database, Statement } from 'better-sqlite3';
import type { TokenOrigin } from '../contract/generation.ts';

type Row = Omit<RunToken, 'logProbability' | 'policyLogProbability' | 'origin'> & {
  readonly logProbability: number | null;
  readonly policyLogProbability: number | null;
  readonly origin: TokenOrigin | null;
};

/** Statements on the table `comparison_tokens`. */
export class ComparisonTokenRows {
  readonly #write: Statement<[Row & { runId: string }]>;
  readonly #ofRun: Statement<[string], Row>;
  readonly #clear: Statement<[string]>;

  constructor(database: Database) {
    // A save that is tried again may write the same again.
    this.#write = database.prepare(
      `INSERT OR REPLACE INTO comparison_tokens
         (run_id, position, token_id, text, log_probability, policy_log_probability, origin)
       VALUES (@runId, @position, @id, @text, @logProbability, @policyLogProbability, @origin)`,
    );
    this.#ofRun = database.prepare(
      `SELECT position, token_id AS id, text, log_probability AS logProbability,
         policy_log_probability AS policyLogProbability, origin
       FROM comparison_tokens WHERE run_id = ? ORDER BY position`,
    );
    this.#clear = database.prepare('DELETE FROM comparison_tokens WHERE run_id = ?');
  }

  write(runId: string, token: RunToken): void {
    const { position, id, text, logProbability, policyLogProbability, origin = null } = token;
    this.#write.run({ runId, position, id, text, logProbability, policyLogProbability, origin });
  }

  /** In order of position. */
  ofRun(runId: string): readonly RunToken[] {
    return this.#ofRun.all(runId).map(({ origin, logProbability, policyLogProbability, ...token }) => ({
      ...token,
      logProbability: logProbability ?? NaN,
      policyLogProbability: policyLogProbability ?? NaN,
      ...(origin && { origin }),
    }));
  }

  clear(runId: string): void {
    this.#clear.run(runId);
  }
}
