import { randomUUID } from 'node:crypto';
import type {
  Comparison,
  ComparisonRun,
  ComparisonSummary,
  Description,
  NewColumn,
  NewVote,
  Vote,
  VoteFilter,
} from '../contract/comparison.ts';
import { maximumColumns } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import { writeAndNotify } from '../database/write-and-notify.ts';
import { ComparisonStore } from './comparison-store.ts';
import type { HistoryDatabase } from '../database/database.ts';
import type { ComparisonRequest } from './new-comparison.ts';
import { newColumns, newComparison, newRuns, withFreshIds } from './new-comparison.ts';
import { RunWriter } from '../runs/run-writer.ts';
import type { Tables } from '../conversations/tables.ts';
import type { WriterOptions } from '../runs/timed-writer.ts';
import { titleFrom } from '../contract/title.ts';
import type { NamedVote } from './vote-rows.ts';

export interface ComparisonHistoryOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly writer: WriterOptions;
  /** Told the whole list, last changed first, after each change of it. */
  readonly onChanged?: ((comparisons: readonly ComparisonSummary[]) => void) | undefined;
}

/** Every comparison and vote there is. Failures are ForedraftErrors, and leave everything as it was. */
export class ComparisonHistory {
  readonly #database: HistoryDatabase;
  readonly #tables: Tables;
  readonly #store: ComparisonStore;
  readonly #options: ComparisonHistoryOptions;

  constructor(database: HistoryDatabase, tables: Tables, options: ComparisonHistoryOptions) {
    this.#database = database;
    this.#tables = tables;
    this.#store = new ComparisonStore(tables);
    this.#options = options;
  }

  /** Last changed first. */
  list(): readonly ComparisonSummary[] {
    return this.#database.read('list the comparisons', () => {
      const names = this.#tables.comparisonColumns.names();
      const rows = this.#tables.comparisons.list();
      return rows.map((row) => ({ ...row, columnNames: names.get(row.id) ?? [] }));
    });
  }

  /** @throws ForedraftError `not-found` */
  open(id: string): Comparison {
    return this.#database.read('open the comparison', () => this.#store.comparison(id));
  }

  /** A run as it is in the database. @throws ForedraftError `not-found` */
  openRun(id: string): ComparisonRun {
    return this.#database.read('open the run', () => this.#store.run(id));
  }

  /** Keeps a new comparison, named by its prompt, whose runs all wait in the order of their turns. */
  create(request: ComparisonRequest): Comparison {
    return this.#keep(newComparison(request, this.#options.now()));
  }

  /**
   * Keeps a comparison from elsewhere under new ids, every other field as it is; a run that was `streaming` is
   * `interrupted`.
   * @throws ForedraftError `file-failed` where a run belongs to no column
   */
  importComparison(comparison: Comparison): Comparison {
    return this.#keep(withFreshIds(comparison));
  }

  /**
   * Adds columns behind the others, with runs that wait behind the others.
   * @throws ForedraftError `not-found`, `settings-invalid` (too many columns)
   */
  addColumns(id: string, columns: readonly NewColumn[]): Comparison {
    return this.#change('keep the columns', () => {
      const { repeats } = this.#store.head(id);
      const count = this.#tables.comparisonColumns.ofComparison(id).length + columns.length;
      if (count > maximumColumns) throw tooManyColumns(count);
      const added = newColumns(columns);
      this.#store.append(id, added, newRuns(added, repeats));
      this.#tables.comparisons.touch(id, this.#options.now());
      return this.#store.comparison(id);
    });
  }

  /** An empty name stands for the start of the prompt; the order of the list stays. @throws ForedraftError `not-found` */
  describe(id: string, description: Description): void {
    this.#change('keep the description', () => {
      const { prompt } = this.#store.head(id);
      const name = description.name.trim() === '' ? titleFrom(prompt) : description.name;
      this.#tables.comparisons.describe(id, { ...description, name });
    });
  }

  /** Removes a comparison with its runs and votes. @throws ForedraftError `not-found` */
  remove(id: string): void {
    this.#change('delete the comparison', () => {
      this.#store.head(id);
      this.#tables.comparisons.remove(id);
    });
  }

  /**
   * Lets a run that was stopped, interrupted or failed wait again; its text stays until it is written anew. Any
   * other run stays as it is. @throws ForedraftError `not-found`
   */
  resetRun(runId: string): ComparisonRun {
    return this.#change('put off the run', () => {
      this.#tables.comparisonRuns.putOff(runId);
      return this.#store.run(runId);
    });
  }

  /**
   * Begins a run that waits: what there was of it is gone, and what comes is kept as it comes.
   * @throws ForedraftError `not-found` where it doesn't wait
   */
  writeRun({ id }: Pick<ComparisonRun, 'id'>): RunWriter {
    const begun = this.#change('begin the run', () => this.#store.begin(id, this.#options.now()));
    return new RunWriter(
      begun,
      (state) => {
        const save = () => this.#store.write(id, state, this.#options.now());
        if (state.end) this.#change('keep the run', save);
        else this.#database.write('keep the run', save);
      },
      this.#options.writer,
    );
  }

  /** @throws ForedraftError `not-found` (a run that isn't of the comparison), `settings-invalid` (one run twice) */
  addVote(vote: NewVote): Vote {
    const kept = { ...vote, id: randomUUID(), createdAt: this.#options.now() };
    return this.#database.write('keep the vote', () => {
      for (const runId of [vote.firstRunId, vote.secondRunId]) this.#requireRun(vote.comparisonId, runId);
      if (vote.firstRunId === vote.secondRunId) throw oneRunTwice(vote.firstRunId);
      this.#tables.votes.insert(kept);
      return kept;
    });
  }

  /** Votes on one comparison, in the order given. */
  votesOn(comparisonId: string): readonly Vote[] {
    return this.#database.read('read the votes', () => this.#tables.votes.on(comparisonId));
  }

  /** Votes on comparisons that fit the filter, in the order given. */
  votes(filter: VoteFilter): readonly NamedVote[] {
    return this.#database.read('read the votes', () => this.#tables.votes.named(filter));
  }

  #keep(comparison: Comparison): Comparison {
    return this.#change('keep the comparison', () => {
      this.#store.insert(comparison);
      return this.#store.comparison(comparison.id);
    });
  }

  #requireRun(comparisonId: string, runId: string): void {
    if (this.#tables.comparisonRuns.comparisonOf(runId) === comparisonId) return;
    throw new ForedraftError(
      'not-found',
      `Comparison ${comparisonId} has no run ${runId}: open the comparison again.`,
      { comparisonId, runId },
    );
  }

  #change<T>(doing: string, work: () => T): T {
    return writeAndNotify(this.#database, doing, work, () => this.#options.onChanged?.(this.list()));
  }
}

function tooManyColumns(count: number): ForedraftError {
  return new ForedraftError(
    'settings-invalid',
    `A comparison of ${count} columns is too wide, ${maximumColumns} are the most: add fewer, or begin another comparison.`,
    { setting: 'columns', count },
  );
}

function oneRunTwice(runId: string): ForedraftError {
  return new ForedraftError(
    'settings-invalid',
    `Run ${runId} can't be compared with itself: choose two runs.`,
    { setting: 'secondRunId', runId },
  );
}
