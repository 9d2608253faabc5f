import type { Push } from '../contract/api.ts';
import type {
  Comparison,
  ComparisonRun,
  NewColumn,
  NewComparison,
  RunningComparison as Told,
} from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ComparisonHistory } from './comparisons-history.ts';
import type { Engine, EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import type { Patience } from './required-model.ts';
import { defaultPatience, refuseOtherModel } from './required-model.ts';
import type { Surroundings } from './running-comparison.ts';
import { RunningComparison } from './running-comparison.ts';
import { turnsFor } from './run-order.ts';
import { UnsavedRuns } from './unsaved-runs.ts';

/** Runs comparisons, one at a time, and keeps what becomes of them: everything is kept before it is shown. */
export class Comparisons {
  readonly #history: ComparisonHistory;
  readonly #engine: Engine;
  readonly #turn: EngineLock;
  readonly #push: Push;
  readonly #unsaved = new UnsavedRuns();
  readonly #around: Surroundings;
  #running: RunningComparison | undefined;

  constructor(
    history: ComparisonHistory,
    engine: Engine,
    turn: EngineLock,
    push: Push,
    patience: Patience = defaultPatience,
  ) {
    this.#history = history;
    this.#engine = engine;
    this.#turn = turn;
    this.#push = push;
    this.#around = { history, engine, push, unsaved: this.#unsaved, patience };
  }

  /**
   * Keeps a comparison and begins to run it with the model that is loaded.
   * @throws ForedraftError `prompt-empty`, `engine-busy`, `engine-unavailable`, `disk-full`, `database-failed`;
   * nothing is kept then
   */
  start(request: NewComparison): Comparison {
    if (request.prompt.trim() === '') {
      throw new ForedraftError('prompt-empty', 'The prompt is empty: write something, then compare.');
    }
    return this.#startNew(request, null);
  }

  /** Runs the prompt, the columns and the seeds of `id` as a new comparison. @throws as `start`, `not-found` */
  rerun(id: string): Comparison {
    const before = this.#history.open(id);
    const again = this.#startNew({ ...before, columns: [...before.columns] }, id);
    const { name, tags } = before;
    this.#history.describe(again.id, { name, tags: [...tags], notes: '', starred: false });
    return { ...again, name, tags };
  }

  /**
   * Runs whatever of a comparison waits, was stopped or interrupted, or failed; its other runs stay.
   * @throws ForedraftError `not-found`, `engine-busy`, `engine-unavailable`, `disk-full`, `database-failed`
   */
  resume(id: string): Comparison {
    this.#unsaved.save();
    const comparison = this.open(id);
    this.#refuseWithoutEngine(comparison);
    const unfinished = comparison.runs.filter(({ status }) => status !== 'done' && status !== 'streaming');
    for (const run of unfinished) if (run.status !== 'waiting') this.#history.resetRun(run.id);
    this.#run(comparison, unfinished);
    return this.open(id);
  }

  /**
   * Adds columns, and runs them behind what is running of the same comparison.
   * @throws ForedraftError as `resume`, and `settings-invalid` where there would be too many; nothing is kept then
   */
  addColumns(id: string, columns: readonly NewColumn[]): Comparison {
    const before = this.open(id);
    this.#refuseWithoutEngine(before);
    const known = new Set(before.runs.map((run) => run.id));
    const after = this.#history.addColumns(id, columns);
    this.#run(
      after,
      after.runs.filter((run) => !known.has(run.id)),
    );
    return this.#withUnsaved(after);
  }

  /** Ends the run of a column, or of any with null, and puts off those that wait; nothing where it doesn't run. */
  stop(id: string, columnId: string | null): void {
    if (this.#running?.comparison.id === id) this.#running.stop(columnId);
  }

  /** Deletes a comparison, stopping it first. @throws ForedraftError `not-found` */
  async delete(id: string): Promise<void> {
    const running = this.#running;
    if (running?.comparison.id === id) {
      running.stop(null);
      await running.ended;
    }
    this.#history.remove(id);
  }

  /** A comparison with the text that is not in the database yet. @throws ForedraftError `not-found` */
  open(id: string): Comparison {
    return this.#withUnsaved(this.#history.open(id));
  }

  /** The comparison that has the engine, if one has. */
  running(): Told | null {
    return this.#running?.told ?? null;
  }

  /**
   * The program quits: keeps all text there is, a run that is being written as an interrupted one.
   * @throws ForedraftError `disk-full`, `database-failed`
   */
  close(): void {
    const running = this.#running;
    this.#running = undefined;
    try {
      running?.close();
    } finally {
      this.#unsaved.close();
    }
  }

  #startNew(request: NewComparison, rerunOf: string | null): Comparison {
    this.#turn.assertFree();
    const { id: modelId, provider } = readyModel(this.#engine.status);
    this.#unsaved.save();
    const comparison = this.#history.create({ ...request, modelId, provider, rerunOf });
    this.#run(comparison, comparison.runs);
    return comparison;
  }

  /** More of the comparison that is running may be asked for at any time. */
  #refuseWithoutEngine(comparison: Comparison): void {
    if (this.#running?.comparison.id === comparison.id) return;
    this.#turn.assertFree();
    refuseOtherModel(this.#engine.status, comparison);
  }

  #run(comparison: Comparison, runs: readonly ComparisonRun[]): void {
    if (runs.length === 0) return;
    const turns = turnsFor(comparison, runs);
    if (this.#running?.comparison.id === comparison.id) {
      this.#running.enqueue(turns);
      return;
    }
    const release = this.#turn.take(`running the comparison “${comparison.name}”`);
    const { id, modelId, provider } = comparison;
    const running = new RunningComparison({ id, modelId, provider }, turns, this.#around);
    this.#running = running;
    this.#push('comparison-running', running.told);
    void running.ended.then(() => {
      release();
      // The program quits: nobody is there to be told.
      if (this.#running !== running) return;
      this.#running = undefined;
      this.#push('comparison-running', null);
    });
  }

  #withUnsaved(comparison: Comparison): Comparison {
    const unsaved = [...this.#unsaved.runs(), ...(this.#running?.run ? [this.#running.run] : [])];
    const newer = new Map(unsaved.map((run) => [run.id, run]));
    return { ...comparison, runs: comparison.runs.map((run) => newer.get(run.id) ?? run) };
  }
}
