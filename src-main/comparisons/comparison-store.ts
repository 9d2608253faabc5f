import { randomUUID } from 'node:crypto';
import type {
  Comparison,
  ComparisonColumn,
  ComparisonRun,
  ComparisonSummary,
  Description,
  NewColumn,
  NewVote,
  Vote,
  VoteFilter,
} from '../contract/comparison.ts';
import { adapterOf, comparisonRunOf, maximumColumns } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ColumnOwner } from '../contract/run.ts';
import { titleFrom } from '../contract/title.ts';
import type { AppDatabase } from '../database/database.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { OwnerHooks } from '../runs/runner.ts';
import { ColumnRows } from './column-rows.ts';
import type { ComparisonHead } from './comparison-rows.ts';
import { ComparisonRows } from './comparison-rows.ts';
import type { ComparisonRequest } from './new-comparison.ts';
import { newColumns, newComparison, newRuns, recordedRunOf, withFreshIds } from './new-comparison.ts';
import type { NamedVote } from './vote-rows.ts';
import { VoteRows } from './vote-rows.ts';

export interface ComparisonStoreOptions {
  readonly database: AppDatabase;
  readonly runs: RunStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Receives the whole list, last changed first, after each change of it. */
  readonly onChanged?: ((comparisons: readonly ComparisonSummary[]) => void) | undefined;
}

/** Every stored comparison and vote. Failures are ForedraftErrors and change nothing. */
export class ComparisonStore {
  /** How comparisons take part in the runs of their columns. */
  readonly runHooks: OwnerHooks<ColumnOwner>;
  readonly #database: AppDatabase;
  readonly #runs: RunStore;
  readonly #comparisons: ComparisonRows;
  readonly #columns: ColumnRows;
  readonly #votes: VoteRows;
  readonly #now: () => number;
  readonly #notify: () => void;

  constructor({ database, runs, now, onChanged }: ComparisonStoreOptions) {
    this.#database = database;
    this.#runs = runs;
    this.#comparisons = new ComparisonRows(database.connection);
    this.#columns = new ColumnRows(database.connection);
    this.#votes = new VoteRows(database.connection);
    this.#now = now;
    this.#notify = () => onChanged?.(this.list());
    this.runHooks = {
      saving: 'save the run',
      touch: ({ comparisonId }, time) => this.#comparisons.touch(comparisonId, time),
      notify: this.#notify,
    };
  }

  /** Last changed first. */
  list(): readonly ComparisonSummary[] {
    return this.#database.read('list the comparisons', () => {
      const names = this.#columns.names();
      return this.#comparisons.list().map((row) => ({ ...row, columnNames: names.get(row.id) ?? [] }));
    });
  }

  /** @throws ForedraftError `not-found` */
  open(id: string): Comparison {
    return this.#database.read('open the comparison', () => this.#comparison(id));
  }

  /** Saves a new comparison, named by its prompt, whose runs all wait in the order in which they will run. */
  create(request: ComparisonRequest): Comparison {
    return this.#save(newComparison(request, this.#now()));
  }

  /**
   * Saves a comparison from elsewhere under new ids; a run that was `streaming` is `interrupted`.
   * @throws ForedraftError `file-failed` if a run belongs to no column
   */
  import(comparison: Comparison): Comparison {
    return this.#save(withFreshIds(comparison));
  }

  /**
   * Appends columns, and their waiting runs to the others.
   * @throws ForedraftError `not-found`, `settings-invalid` (too many columns)
   */
  addColumns(id: string, columns: readonly NewColumn[]): Comparison {
    return this.#change('save the columns', () => {
      const head = this.#head(id);
      const count = this.#columns.ofComparison(id).length + columns.length;
      if (count > maximumColumns) throw tooManyColumns(count);
      const added = newColumns(columns);
      this.#append(head, added, newRuns(added, head.repeats, adapterOf(this.#comparison(id))));
      this.#comparisons.touch(id, this.#now());
      return this.#comparison(id);
    });
  }

  /** An empty name becomes the start of the prompt. The order of the list stays. @throws ForedraftError `not-found` */
  describe(id: string, description: Description): void {
    this.#change('save the description', () => {
      const { prompt } = this.#head(id);
      const name = description.name.trim() === '' ? titleFrom(prompt) : description.name;
      this.#comparisons.describe(id, { ...description, name });
    });
  }

  /** Removes a comparison with its runs and votes. @throws ForedraftError `not-found` */
  remove(id: string): void {
    const work = () => {
      this.#head(id);
      this.#comparisons.remove(id);
    };
    this.#database.erase('delete the comparison', work, this.#notify);
  }

  /**
   * Lets the stopped, interrupted and failed runs among `runs` wait again, with their text until they start.
   * @throws ForedraftError `not-found`
   */
  requeue(id: string, runs: readonly Pick<ComparisonRun, 'id'>[]): Comparison {
    return this.#change('requeue the runs', () => {
      for (const run of runs) this.#runs.requeue(run.id);
      return this.#comparison(id);
    });
  }

  /** @throws ForedraftError `not-found` (a run of another comparison), `settings-invalid` (one run twice) */
  addVote(vote: NewVote): Vote {
    const stored = { ...vote, id: randomUUID(), createdAt: this.#now() };
    return this.#database.write('save the vote', () => {
      for (const runId of [vote.firstRunId, vote.secondRunId]) this.#requireRun(vote.comparisonId, runId);
      if (vote.firstRunId === vote.secondRunId) throw oneRunTwice(vote.firstRunId);
      this.#votes.insert(stored);
      return stored;
    });
  }

  /** Votes on one comparison, oldest first. */
  votesOn(comparisonId: string): readonly Vote[] {
    return this.#database.read('read the votes', () => this.#votes.on(comparisonId));
  }

  /** Votes on comparisons that match the filter, oldest first. */
  votes(filter: VoteFilter): readonly NamedVote[] {
    return this.#database.read('read the votes', () => this.#votes.named(filter));
  }

  #head(id: string): ComparisonHead {
    const head = this.#comparisons.get(id);
    if (head) return head;
    throw new ForedraftError('not-found', `There is no comparison ${id}: choose another one from the list.`, {
      id,
    });
  }

  #comparison(id: string): Comparison {
    const head = this.#head(id);
    const runs = this.#runs
      .ofComparison(id)
      .flatMap((run) => (run.owner.kind === 'column' ? [comparisonRunOf(run, run.owner)] : []));
    return { ...head, columns: this.#columns.ofComparison(id), runs };
  }

  #save(comparison: Comparison): Comparison {
    return this.#change('save the comparison', () => {
      this.#comparisons.insert(comparison);
      this.#append(comparison, comparison.columns, comparison.runs);
      return this.#comparison(comparison.id);
    });
  }

  #append(head: ComparisonHead, columns: readonly ComparisonColumn[], runs: readonly ComparisonRun[]): void {
    for (const column of columns) this.#columns.insert(head.id, column);
    for (const run of runs) {
      const column = columns.find(({ id }) => id === run.columnId);
      if (column) this.#runs.insert(recordedRunOf(head, column, run));
    }
  }

  #requireRun(comparisonId: string, runId: string): void {
    const owner = this.#runs.owner(runId);
    if (owner?.kind === 'column' && owner.comparisonId === comparisonId) return;
    throw new ForedraftError(
      'not-found',
      `Comparison ${comparisonId} has no run ${runId}: open the comparison again.`,
      { comparisonId, runId },
    );
  }

  #change<T>(action: string, work: () => T): T {
    return this.#database.write(action, work, this.#notify);
  }
}

function tooManyColumns(count: number): ForedraftError {
  return new ForedraftError(
    'settings-invalid',
    `A comparison of ${count} columns is too wide, ${maximumColumns} are the most: add fewer, or start another comparison.`,
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
