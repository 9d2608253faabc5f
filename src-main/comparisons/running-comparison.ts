import type { Push } from '../contract/api.ts';
import type { Comparison, ComparisonRun, RunningComparison as Told } from '../contract/comparison.ts';
import { reportOf } from '../contract/error.ts';
import type { ComparisonHistory } from './comparisons-history.ts';
import type { RunWriter } from '../runs/run-writer.ts';
import type { Engine } from '../runs/engine-lock.ts';
import { Recording } from '../runs/run-recorder.ts';
import type { Patience } from './required-model.ts';
import { engineHas } from './required-model.ts';
import type { Turn } from './run-order.ts';
import { notStarted } from './run-order.ts';
import type { UnsavedRuns } from './unsaved-runs.ts';

/** What a comparison runs with. */
export interface Surroundings {
  readonly history: Pick<ComparisonHistory, 'writeRun'>;
  readonly engine: Engine;
  readonly push: Push;
  readonly unsaved: UnsavedRuns;
  readonly patience: Patience;
}

type Comparable = Pick<Comparison, 'id' | 'modelId' | 'provider'>;

/** A comparison while it has the engine: one run after another, whatever becomes of each. */
export class RunningComparison {
  readonly comparison: Comparable;
  /** Settles, and never fails, when nothing of it will be written any more. */
  readonly ended: Promise<void>;
  readonly #around: Surroundings;
  #queue: readonly Turn[];
  #current: { readonly turn: Turn; readonly recording: Recording<RunWriter> } | undefined;
  #wait = new AbortController();
  #closed = false;

  /** Begins when whoever started it has been answered. */
  constructor(comparison: Comparable, turns: readonly Turn[], around: Surroundings) {
    this.comparison = comparison;
    this.#queue = turns;
    this.#around = around;
    this.ended = this.#runAll();
  }

  /** The run that is being written, with all of its text so far. */
  get run(): ComparisonRun | undefined {
    return this.#current?.recording.writer.run;
  }

  get told(): Told {
    return { comparisonId: this.comparison.id, queuedRunIds: this.#queue.map(({ id }) => id) };
  }

  /** Runs `turns` too, behind those that wait already. */
  enqueue(turns: readonly Turn[]): void {
    const queued = new Set(this.#queue.map(({ id }) => id));
    this.#setQueue([...this.#queue, ...turns.filter(({ id }) => !queued.has(id))]);
  }

  /** Puts off the waiting runs of a column and ends the one that is being written; null: of all columns. */
  stop(columnId: string | null): void {
    const isMeant = (turn: Turn) => columnId === null || turn.columnId === columnId;
    this.#setQueue(this.#queue.filter((turn) => !isMeant(turn)));
    if (this.#current && isMeant(this.#current.turn)) this.#current.recording.stop();
    if (this.#queue.length === 0) this.#wait.abort();
  }

  /**
   * The program quits: keeps what there is, and doesn't wait for the engine.
   * @throws ForedraftError `disk-full`, `database-failed`
   */
  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#wait.abort();
    const recording = this.#current?.recording;
    if (!recording) return;
    recording.interrupt();
    try {
      recording.writer.save();
    } finally {
      recording.writer.abandon();
    }
  }

  async #runAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      if (await this.#engineIsBack()) await this.#runNext();
    }
  }

  /** Waits for an engine that is down; where that is in vain, all runs are put off. */
  async #engineIsBack(): Promise<boolean> {
    this.#wait = new AbortController();
    const { signal } = this.#wait;
    if (await engineHas(this.comparison, this.#around.engine, signal, this.#around.patience)) return true;
    if (!signal.aborted) this.#setQueue([]);
    return false;
  }

  async #runNext(): Promise<void> {
    const [turn, ...later] = this.#queue;
    if (!turn) return;
    this.#setQueue(later);
    const writer = this.#begin(turn);
    if (!writer) return;
    const recording = new Recording(
      writer,
      (event) => writer.add(event),
      (signal) => this.#around.engine.generate(turn.request, signal),
      (events) => this.#around.push('run-events', { runId: turn.id, events }),
    );
    this.#current = { turn, recording };
    await recording.ended;
    // The program quits, and everything was kept by `close`.
    if (this.#closed) return;
    this.#current = undefined;
    if (!writer.saved) this.#around.unsaved.keep(writer, () => this.#tellRun(turn, writer.run));
    this.#tellRun(turn, writer.run);
  }

  /** Where nothing can be kept, nothing more is run: all runs are put off, and the window hears why. */
  #begin(turn: Turn): RunWriter | undefined {
    try {
      this.#around.unsaved.save();
      const writer = this.#around.history.writeRun(turn);
      this.#tellRun(turn, writer.run);
      return writer;
    } catch (error) {
      this.#setQueue([]);
      this.#tellRun(turn, notStarted(turn, reportOf(error, 'database-failed')));
      return undefined;
    }
  }

  #tellRun({ request: { strategy } }: Turn, { columnId, repeat, ...run }: ComparisonRun): void {
    const { id: comparisonId, modelId, provider } = this.comparison;
    const owner = { kind: 'column', comparisonId, columnId, repeat } as const;
    this.#around.push('run-changed', { run: { ...run, owner, modelId, provider, strategy } });
  }

  #setQueue(queue: readonly Turn[]): void {
    this.#queue = queue;
    this.#around.push('comparison-running', this.told);
  }
}
