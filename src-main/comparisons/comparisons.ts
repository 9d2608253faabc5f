import type { Push } from '../contract/api.ts';
import type {
  Comparison,
  ComparisonRun,
  NewColumn,
  NewComparison,
  RunningComparison,
} from '../contract/comparison.ts';
import { adapterOf, comparisonRunOf } from '../contract/comparison.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import type { Engine, EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import type { QueuedRun, RunQueue } from '../runs/run-queue.ts';
import type { Runner } from '../runs/runner.ts';
import type { ComparisonStore } from './comparison-store.ts';
import { recordedRunOf } from './new-comparison.ts';
import { runRequest } from './run-request.ts';
import type { WaitOptions } from './wait-for-model.ts';
import { defaultWaitOptions, requireModel, waitForModel } from './wait-for-model.ts';

/** Runs comparisons, one at a time. */
export class Comparisons {
  readonly #store: ComparisonStore;
  readonly #runner: Runner;
  readonly #engine: Engine;
  readonly #lock: EngineLock;
  readonly #push: Push;
  readonly #wait: WaitOptions;
  #running: { readonly id: string; readonly queue: RunQueue } | undefined;

  constructor(
    store: ComparisonStore,
    runner: Runner,
    engine: Engine,
    lock: EngineLock,
    push: Push,
    wait: WaitOptions = defaultWaitOptions,
  ) {
    this.#store = store;
    this.#runner = runner;
    this.#engine = engine;
    this.#lock = lock;
    this.#push = push;
    this.#wait = wait;
  }

  /**
   * Saves a comparison and starts to run it with the loaded model.
   * @throws ForedraftError `prompt-empty`, `engine-busy`, `engine-unavailable`, `disk-full`, `database-failed`;
   * nothing is saved then
   */
  start(request: NewComparison): Comparison {
    if (request.prompt.trim() === '') {
      throw new ForedraftError('prompt-empty', 'The prompt is empty: write something, then compare.');
    }
    return this.#startNew(request, null, false);
  }

  /** Runs the prompt, the columns and the seeds of `id` as a new comparison. @throws as `start`, `not-found` */
  rerun(id: string): Comparison {
    const original = this.#store.open(id);
    const { name, tags, earlier, columns, ...asked } = original;
    const request = { ...asked, ...(earlier && { earlier: [...earlier] }), columns: [...columns] };
    const rerun = this.#startNew(request, id, adapterOf(original) !== null);
    this.#store.describe(rerun.id, { name, tags: [...tags], notes: '', starred: false });
    return { ...rerun, name, tags };
  }

  /**
   * Runs everything of a comparison that waits, was stopped or interrupted, or failed.
   * @throws ForedraftError `not-found`, `engine-busy`, `engine-unavailable`, `disk-full`, `database-failed`
   */
  resume(id: string): Comparison {
    this.#runner.saveEnded('column');
    const comparison = this.open(id);
    this.#requireEngine(comparison);
    const unfinished = comparison.runs.filter(({ status }) => status !== 'done' && status !== 'streaming');
    const ids = new Set(unfinished.map((run) => run.id));
    const requeued = this.#store.requeue(id, unfinished);
    this.#run(
      requeued,
      requeued.runs.filter((run) => ids.has(run.id)),
    );
    return this.open(id);
  }

  /**
   * Adds columns, and runs them after what is running of the same comparison.
   * @throws ForedraftError as `resume`, and `settings-invalid` if there would be too many; nothing is saved then
   */
  addColumns(id: string, columns: readonly NewColumn[]): Comparison {
    const before = this.open(id);
    this.#requireEngine(before);
    const known = new Set(before.runs.map((run) => run.id));
    const after = this.#store.addColumns(id, columns);
    this.#run(
      after,
      after.runs.filter((run) => !known.has(run.id)),
    );
    return this.#withUnsaved(after);
  }

  /** Stops the active run of a column and leaves its other runs waiting; with null, of all columns. */
  stop(id: string, columnId: string | null): void {
    if (this.#running?.id !== id) return;
    this.#running.queue.stop(
      ({ owner }) => columnId === null || (owner.kind === 'column' && owner.columnId === columnId),
    );
  }

  /** Deletes a comparison, stopping it first. @throws ForedraftError `not-found` */
  async delete(id: string): Promise<void> {
    const running = this.#running;
    if (running?.id === id) {
      running.queue.stop();
      await running.queue.ended;
    }
    this.#store.remove(id);
  }

  /** A comparison, with text that is not in the database yet. @throws ForedraftError `not-found` */
  open(id: string): Comparison {
    return this.#withUnsaved(this.#store.open(id));
  }

  /** The comparison that has the engine, if any. */
  running(): RunningComparison | null {
    if (this.#running === undefined) return null;
    const { id, queue } = this.#running;
    return { comparisonId: id, queuedRunIds: queue.waiting.map(({ run }) => run.id) };
  }

  /** @param withAdapter whether the model runs with its adapter, if it has one */
  #startNew(request: NewComparison, rerunOf: string | null, withAdapter: boolean): Comparison {
    this.#lock.assertFree();
    const { id: modelId, provider, adapter } = readyModel(this.#engine.status);
    this.#runner.saveEnded('column');
    const comparison = this.#store.create({
      ...{ ...request, modelId, provider, rerunOf },
      adapter: withAdapter ? adapter : null,
    });
    this.#run(comparison, comparison.runs);
    return comparison;
  }

  /** More of the running comparison may be requested at any time. */
  #requireEngine(comparison: Comparison): void {
    if (this.#running?.id === comparison.id) return;
    this.#lock.assertFree();
    requireModel(this.#engine.status, comparison);
  }

  #run(comparison: Comparison, runs: readonly ComparisonRun[]): void {
    if (runs.length === 0) return;
    const queued = queuedRuns(comparison, runs);
    if (this.#running?.id === comparison.id) {
      this.#running.queue.add(queued);
      return;
    }
    const release = this.#lock.acquire(`running the comparison “${comparison.name}”`);
    const queue = this.#runner.queue(queued, release, {
      ready: (signal) => waitForModel(comparison, this.#engine, signal, this.#wait),
      onChanged: () => this.#pushRunning(),
      onDropped: ([first], error) => this.#reportFailure(first, error),
    });
    const running = { id: comparison.id, queue };
    this.#running = running;
    this.#pushRunning();
    void queue.ended.finally(() => {
      if (this.#running !== running) return;
      this.#running = undefined;
      this.#pushRunning();
    });
  }

  #pushRunning(): void {
    this.#push('comparison-running', this.running());
  }

  /** Shows why a run could not start; in the database it still waits. */
  #reportFailure(failed: QueuedRun | undefined, error: unknown): void {
    if (!failed || error === undefined) return;
    const report = reportOf(error, 'database-failed');
    this.#push('run-changed', { run: { ...failed.run, status: 'failed', error: report } });
  }

  #withUnsaved(comparison: Comparison): Comparison {
    const runs = comparison.runs.map((run) => {
      const newer = this.#runner.unsaved(run.id);
      return newer?.owner.kind === 'column' ? comparisonRunOf(newer, newer.owner) : run;
    });
    return { ...comparison, runs };
  }
}

function queuedRuns(comparison: Comparison, runs: readonly ComparisonRun[]): readonly QueuedRun[] {
  const columns = new Map(comparison.columns.map((column) => [column.id, column]));
  return runs.flatMap((run) => {
    const column = columns.get(run.columnId);
    if (!column) return [];
    const request = runRequest(comparison, column, run);
    return [{ run: recordedRunOf(comparison, column, run), request }];
  });
}
