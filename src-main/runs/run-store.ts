import type { Database, Statement } from 'better-sqlite3';
import type { ErrorReport } from '../contract/error.ts';
import { ForedraftError } from '../contract/error.ts';
import type { SearchResult } from '../contract/generation.ts';
import type { Kernels } from '../contract/model-card.ts';
import type { RecordedRun, Run, RunOwner, RunToken, TraceEvent } from '../contract/run.ts';
import { searchResultsIn } from '../contract/run.ts';
import type { Strategy } from '../contract/strategy.ts';
import { statisticsFromJson, statisticsToJson, traceFromJson, traceToJson } from './run-json.ts';

/** What changes while a run is written. */
export type RunState = Pick<Run, 'status' | 'text' | 'endReason' | 'statistics' | 'error'>;

/** A save of a run: its state, and the tokens and the trace that are new or changed. */
export interface RunProgress {
  readonly state: RunState;
  /** Those of a position that was saved before replace it. */
  readonly tokens: readonly RunToken[];
  /** 0-based number of the first event of `trace`. */
  readonly firstEvent: number;
  readonly trace: readonly TraceEvent[];
}

/** The owner of a run, as `ownerColumns` selects it; the columns of two of the three owners are null. */
interface OwnerRow {
  readonly runConversationId: string | null;
  readonly messageId: string | null;
  readonly comparisonId: string | null;
  readonly columnId: string | null;
  readonly repeat: number | null;
  readonly rewriteId: string | null;
  readonly position: number | null;
}

/** A row of `runs` as `runColumns` selects it. */
export interface RunRow extends OwnerRow {
  readonly runId: string;
  readonly modelId: string;
  readonly provider: string;
  readonly strategy: string;
  readonly runStatus: Run['status'];
  readonly runText: string;
  readonly endReason: Run['endReason'];
  readonly statistics: string | null;
  readonly error: string | null;
  readonly startedAt: number | null;
  readonly kernels: string | null;
  readonly adapter: string | null;
}

type TokenRow = Pick<RunToken, 'position' | 'id' | 'text'> & {
  readonly logProbability: number | null;
  readonly policyLogProbability: number | null;
  readonly origin: RunToken['origin'] | null;
  readonly approximate: 0 | 1;
};

const ownerColumns = `runs.conversation_id AS runConversationId, message_id AS messageId,
  runs.comparison_id AS comparisonId, column_id AS columnId, repeat, rewrite_id AS rewriteId, position`;

/** The columns of `RunRow`, for a statement that joins `runs`. */
export const runColumns = `runs.id AS runId, ${ownerColumns}, model_id AS modelId, provider, strategy,
  status AS runStatus, runs.text AS runText, end_reason AS endReason, statistics, error, started_at AS startedAt,
  kernels, adapter`;

/**
 * Statements on the tables `runs`, `run_tokens` and `run_trace`. Each call belongs inside a read or a write of the
 * database, whose owner adds its own rows.
 */
export class RunStore {
  readonly #get: Statement<[string], RunRow>;
  readonly #owner: Statement<[string], OwnerRow>;
  readonly #ofComparison: Statement<[string], RunRow>;
  readonly #ofRewrite: Statement<[string], RunRow>;
  readonly #insert: Statement<[RunRow]>;
  readonly #write: Statement<
    [Pick<RunRow, 'runStatus' | 'runText' | 'endReason' | 'statistics' | 'error'> & { id: string }]
  >;
  readonly #start: Statement<[number, string | null, string]>;
  readonly #requeue: Statement<[string]>;
  readonly #interrupt: Statement<[]>;
  readonly #tokens: Statement<[string], TokenRow>;
  readonly #writeToken: Statement<[TokenRow & { runId: string }]>;
  readonly #clearTokens: Statement<[string]>;
  readonly #trace: Statement<[string], string>;
  readonly #resultsTrace: Statement<[string], string>;
  readonly #writeTrace: Statement<[string, number, string]>;
  readonly #clearTrace: Statement<[string]>;

  constructor(database: Database) {
    const select = `SELECT ${runColumns} FROM runs`;
    this.#get = database.prepare(`${select} WHERE runs.id = ?`);
    this.#owner = database.prepare(`SELECT ${ownerColumns} FROM runs WHERE id = ?`);
    this.#ofComparison = database.prepare(`${select} WHERE runs.comparison_id = ? ORDER BY number`);
    this.#ofRewrite = database.prepare(`${select} WHERE rewrite_id = ? ORDER BY position`);
    this.#insert = database.prepare(
      `INSERT INTO runs (id, conversation_id, message_id, comparison_id, column_id, repeat, rewrite_id, position,
         model_id, provider, strategy, status, end_reason, statistics, error, started_at, kernels,
         adapter, text)
       VALUES (@runId, @runConversationId, @messageId, @comparisonId, @columnId, @repeat, @rewriteId, @position,
         @modelId, @provider, @strategy, @runStatus, @endReason, @statistics, @error, @startedAt, @kernels,
         @adapter, @runText)`,
    );
    this.#write = database.prepare(
      `UPDATE runs SET status = @runStatus, text = @runText, end_reason = @endReason, statistics = @statistics,
         error = @error
       WHERE id = @id`,
    );
    this.#start = database.prepare(
      `UPDATE runs SET status = 'streaming', text = '', end_reason = NULL, statistics = NULL, error = NULL,
         started_at = ?, kernels = ?
       WHERE id = ? AND status = 'waiting'`,
    );
    this.#requeue = database.prepare(
      `UPDATE runs SET status = 'waiting', end_reason = NULL, statistics = NULL, error = NULL, started_at = NULL
       WHERE id = ? AND status IN ('stopped', 'interrupted', 'failed')`,
    );
    // The first condition is that of the index `runs_unfinished`.
    this.#interrupt = database.prepare(
      `UPDATE runs SET status = 'interrupted'
       WHERE status IN ('waiting', 'streaming') AND (status = 'streaming' OR rewrite_id IS NOT NULL)`,
    );
    this.#tokens = database.prepare(
      `SELECT position, token_id AS id, text, log_probability AS logProbability,
         policy_log_probability AS policyLogProbability, origin, approximate
       FROM run_tokens WHERE run_id = ? ORDER BY position`,
    );
    // A save that is retried may write the same rows again, and new figures replace those of a saved token.
    this.#writeToken = database.prepare(
      `INSERT OR REPLACE INTO run_tokens
         (run_id, position, token_id, text, log_probability, policy_log_probability, origin, approximate)
       VALUES (@runId, @position, @id, @text, @logProbability, @policyLogProbability, @origin, @approximate)`,
    );
    this.#clearTokens = database.prepare('DELETE FROM run_tokens WHERE run_id = ?');
    this.#trace = database
      .prepare<[string], string>('SELECT events FROM run_trace WHERE run_id = ? ORDER BY first_event')
      .pluck();
    // Quotes in a text are escaped in JSON, so that this is never part of one.
    this.#resultsTrace = database
      .prepare<[string], string>(
        `SELECT events FROM run_trace WHERE run_id = ? AND instr(events, '"type":"hypotheses"')`,
      )
      .pluck();
    this.#writeTrace = database.prepare(
      'INSERT OR REPLACE INTO run_trace (run_id, first_event, events) VALUES (?, ?, ?)',
    );
    this.#clearTrace = database.prepare('DELETE FROM run_trace WHERE run_id = ?');
  }

  get(id: string): RecordedRun | undefined {
    const row = this.#get.get(id);
    return row && this.#recorded(row);
  }

  /** The owner of a run, whose tokens and trace aren't read. */
  owner(id: string): RunOwner | undefined {
    const row = this.#owner.get(id);
    return row && ownerFrom(row);
  }

  /** In the order in which they were inserted. */
  ofComparison(comparisonId: string): readonly RecordedRun[] {
    return this.#ofComparison.all(comparisonId).map((row) => this.#recorded(row));
  }

  /** In order of position. */
  ofRewrite(rewriteId: string): readonly RecordedRun[] {
    return this.#ofRewrite.all(rewriteId).map((row) => this.#recorded(row));
  }

  /** In order of position; empty for an unknown run. */
  tokens(id: string): readonly RunToken[] {
    return this.#tokens
      .all(id)
      .map(({ origin, logProbability, policyLogProbability, approximate, ...token }) => ({
        ...token,
        logProbability: logProbability ?? NaN,
        policyLogProbability: policyLogProbability ?? NaN,
        ...(origin && { origin }),
        ...(approximate === 1 && { approximate: true }),
      }));
  }

  /** The results of a run that searched, best first; empty for any other, and until it has found them. */
  searchResults(id: string): readonly SearchResult[] {
    return searchResultsIn(this.#resultsTrace.all(id).flatMap(traceFromJson));
  }

  insert(run: RecordedRun): void {
    this.#insert.run(rowOf(run));
    this.#writeOutput(run.id, { tokens: run.tokens, firstEvent: 0, trace: run.trace });
  }

  /** Empties a waiting run and marks it as streaming. Returns whether it was waiting. */
  start(id: string, startedAt: number, kernels: Kernels | null): boolean {
    if (this.#start.run(startedAt, kernels && JSON.stringify(kernels), id).changes === 0) return false;
    this.#clearTokens.run(id);
    this.#clearTrace.run(id);
    return true;
  }

  /** Returns whether the run still exists: nothing is written to a deleted one. */
  write(id: string, { state, ...output }: RunProgress): boolean {
    if (this.#write.run({ id, ...storedState(state) }).changes === 0) return false;
    this.#writeOutput(id, output);
    return true;
  }

  /** Lets a stopped, interrupted or failed run wait again; its text stays until it starts. */
  requeue(id: string): void {
    this.#requeue.run(id);
  }

  /** Marks the runs that an earlier process left unfinished; runs of a comparison can be resumed, so they still wait. */
  interruptUnfinished(): void {
    this.#interrupt.run();
  }

  #recorded(row: RunRow): RecordedRun {
    const trace = this.#trace.all(row.runId).flatMap(traceFromJson);
    return { ...runFrom(row), tokens: this.tokens(row.runId), trace };
  }

  #writeOutput(runId: string, { tokens, firstEvent, trace }: Omit<RunProgress, 'state'>): void {
    for (const { origin = null, approximate, ...token } of tokens)
      this.#writeToken.run({ ...token, runId, origin, approximate: approximate ? 1 : 0 });
    if (trace.length > 0) this.#writeTrace.run(runId, firstEvent, traceToJson(trace));
  }
}

/** The run in a row. */
export function runFrom(row: RunRow): Run {
  const {
    runId: id,
    modelId,
    provider,
    adapter,
    runStatus: status,
    runText: text,
    endReason,
    startedAt,
  } = row;
  return {
    ...{ id, owner: ownerFrom(row), modelId, provider, adapter, status, text, endReason, startedAt },
    strategy: JSON.parse(row.strategy) as Strategy,
    statistics: row.statistics === null ? null : statisticsFromJson(row.statistics),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
    kernels: row.kernels === null ? null : (JSON.parse(row.kernels) as Kernels),
  };
}

function ownerFrom(row: OwnerRow): RunOwner {
  const { runConversationId: conversationId, messageId, comparisonId, columnId, rewriteId } = row;
  if (conversationId !== null && messageId !== null) return { kind: 'message', conversationId, messageId };
  if (comparisonId !== null && columnId !== null)
    return { kind: 'column', comparisonId, columnId, repeat: row.repeat ?? 0 };
  if (rewriteId !== null) return { kind: 'rewrite', rewriteId, position: row.position ?? 0 };
  throw new ForedraftError('database-failed', 'A run in the database has no owner.');
}

const noOwner = {
  ...{ runConversationId: null, messageId: null },
  ...{ comparisonId: null, columnId: null, repeat: null },
  ...{ rewriteId: null, position: null },
} as const;

function rowOf({
  id: runId,
  owner,
  modelId,
  provider,
  adapter,
  strategy,
  startedAt,
  kernels,
  ...state
}: Run): RunRow {
  const run = {
    ...{ runId, modelId, provider, adapter, startedAt },
    strategy: JSON.stringify(strategy),
    kernels: kernels && JSON.stringify(kernels),
  };
  const row = { ...noOwner, ...run, ...storedState(state) };
  if (owner.kind !== 'message') return { ...row, ...owner };
  return { ...row, runConversationId: owner.conversationId, messageId: owner.messageId };
}

function storedState({ status: runStatus, text: runText, endReason, statistics, error }: RunState) {
  return {
    ...{ runStatus, runText, endReason },
    statistics: statistics && statisticsToJson(statistics),
    error: error && JSON.stringify(error),
  };
}
