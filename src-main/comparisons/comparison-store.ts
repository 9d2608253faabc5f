import type { Comparison, ComparisonColumn, ComparisonRun } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ComparisonRunHead } from './comparison-run-rows.ts';
import type { ComparisonHead } from './comparison-rows.ts';
import type { RunState } from '../runs/run-writer.ts';
import type { Tables } from '../conversations/tables.ts';

/** Puts comparisons together from their tables, and takes them apart; every call belongs inside a read or write. */
export class ComparisonStore {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** @throws ForedraftError `not-found` */
  head(id: string): ComparisonHead {
    const head = this.#tables.comparisons.get(id);
    if (head) return head;
    throw new ForedraftError('not-found', `There is no comparison ${id}: choose another one from the list.`, {
      id,
    });
  }

  /** @throws ForedraftError `not-found` */
  comparison(id: string): Comparison {
    const columns = this.#tables.comparisonColumns.ofComparison(id);
    const runs = this.#tables.comparisonRuns.ofComparison(id).map((run) => this.#whole(run));
    return { ...this.head(id), columns, runs };
  }

  /** @throws ForedraftError `not-found` */
  run(id: string): ComparisonRun {
    const run = this.#tables.comparisonRuns.get(id);
    if (run) return this.#whole(run);
    throw new ForedraftError('not-found', `There is no run ${id}: open the comparison again.`, { id });
  }

  insert(comparison: Comparison): void {
    this.#tables.comparisons.insert(comparison);
    this.append(comparison.id, comparison.columns, comparison.runs);
  }

  /** Adds columns and runs behind those that are there. */
  append(id: string, columns: readonly ComparisonColumn[], runs: readonly ComparisonRun[]): void {
    for (const column of columns) this.#tables.comparisonColumns.insert(id, column);
    for (const run of runs) {
      this.#tables.comparisonRuns.insert(id, run);
      this.#addOutput(run.id, { tokens: run.tokens, firstEvent: 0, trace: run.trace });
    }
  }

  /** Empties a run that waits, and marks it as being written. @throws ForedraftError `not-found` */
  begin(id: string, startedAt: number): ComparisonRun {
    if (!this.#tables.comparisonRuns.begin(id, startedAt)) {
      throw new ForedraftError('not-found', `No run ${id} waits for its turn: open the comparison again.`, {
        id,
      });
    }
    this.#tables.comparisonTokens.clear(id);
    this.#tables.comparisonTrace.clear(id);
    this.touch(id, startedAt);
    return this.run(id);
  }

  /** A run that was deleted meanwhile takes nothing more. `now` in milliseconds since 1970. */
  write(id: string, { text, status, end, ...output }: RunState, now: number): void {
    const open = { endReason: null, statistics: null, error: null };
    if (!this.#tables.comparisonRuns.write(id, { text, status, ...(end ?? open) })) return;
    this.#addOutput(id, output);
    if (end) this.touch(id, now);
  }

  /** Marks the comparison of the run `id` as changed. */
  touch(id: string, now: number): void {
    const comparisonId = this.#tables.comparisonRuns.comparisonOf(id);
    if (comparisonId !== undefined) this.#tables.comparisons.touch(comparisonId, now);
  }

  #whole(run: ComparisonRunHead): ComparisonRun {
    const tokens = this.#tables.comparisonTokens.ofRun(run.id);
    return { ...run, tokens, trace: this.#tables.comparisonTrace.ofRun(run.id) };
  }

  #addOutput(id: string, output: Pick<RunState, 'tokens' | 'firstEvent' | 'trace'>): void {
    for (const token of output.tokens) this.#tables.comparisonTokens.write(id, token);
    this.#tables.comparisonTrace.write(id, output.firstEvent, output.trace);
  }
}
