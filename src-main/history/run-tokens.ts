import type { RunToken } from '../contract/history.ts';
import type { Connection } from './database.ts';

interface Row {
  readonly position: number;
  readonly token_id: number;
  readonly text: string;
  readonly log_probability: number;
  readonly policy_log_probability: number;
}

/** The statements of table `run_tokens`. */
export class RunTokenTable {
  readonly #insert;
  readonly #ofRun;

  constructor(connection: Connection) {
    this.#insert = connection.prepare<[string, number, number, string, number, number]>(
      `INSERT INTO run_tokens (run_id, position, token_id, text, log_probability, policy_log_probability)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#ofRun = connection.prepare<[string], Row>(
      `SELECT position, token_id, text, log_probability, policy_log_probability
       FROM run_tokens WHERE run_id = ? ORDER BY position`,
    );
  }

  insert(runId: string, token: RunToken): void {
    const { position, id, text, logProbability, policyLogProbability } = token;
    this.#insert.run(runId, position, id, text, logProbability, policyLogProbability);
  }

  ofRun(runId: string): RunToken[] {
    return this.#ofRun.all(runId).map((row) => ({
      position: row.position,
      id: row.token_id,
      text: row.text,
      logProbability: row.log_probability,
      policyLogProbability: row.policy_log_probability,
    }));
  }
}
