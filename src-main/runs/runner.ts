import type { Push } from '../contract/api.ts';
import { ForedraftError } from '../contract/error.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import type { RecordedRun, RunOwner } from '../contract/run.ts';
import type { AppDatabase } from '../database/database.ts';
import type { Engine } from './engine-lock.ts';
import type { ActiveRun, QueuedRun, QueueOptions } from './run-queue.ts';
import { RunQueue } from './run-queue.ts';
import type { RecorderOptions } from './run-recorder.ts';
import { defaultRecorderOptions, RunRecorder } from './run-recorder.ts';
import type { RunStore } from './run-store.ts';

/** How one kind of owner takes part in its runs. */
export interface OwnerHooks<Owner extends RunOwner = RunOwner> {
  /** Completes "Foredraft can't ...". */
  readonly saving: string;
  /** Marks the owner as changed at `now`, in the transaction that starts or ends a run. */
  readonly touch?: (owner: Owner, now: number) => void;
  /** Reports that change after the transaction. */
  readonly notify?: () => void;
}

export type HooksByOwner = {
  readonly [Kind in RunOwner['kind']]: OwnerHooks<Extract<RunOwner, { kind: Kind }>>;
};

export interface RunnerOptions {
  readonly database: AppDatabase;
  readonly runs: RunStore;
  readonly owners: HooksByOwner;
  readonly engine: Engine;
  readonly push: Push;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
  readonly recorder?: Partial<RecorderOptions>;
}

/** Runs generations, for every kind of owner: each batch is recorded, then published; unsaved runs are retained. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #recorderOptions: RecorderOptions;
  /** Recorders of runs that have not ended, or whose end is not saved yet. */
  readonly #recorders = new Map<string, RunRecorder>();
  readonly #queues = new Set<RunQueue>();
  #closed = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#recorderOptions = { ...defaultRecorderOptions, ...options.recorder };
  }

  /**
   * Starts a stored run with the engine, which the caller has acquired; `release` is called when the run has ended.
   * A waiting run is emptied first. If `request` throws, the run fails with that error.
   * @throws ForedraftError `not-found` if the run no longer waits, `disk-full`, `database-failed`
   */
  start(run: RecordedRun, request: () => GenerationRequest, release?: () => void): ActiveRun {
    const { engine, push } = this.#options;
    const recorder = this.recorderOf(run);
    this.#recorders.set(run.id, recorder);
    push('run-changed', { run: recorder.run });
    const recorded = recorder.record(
      (signal) => engine.generate(request(), signal),
      (events) => push('run-events', { runId: run.id, events }),
    );
    const ended = recorded.then(() => {
      release?.();
      this.#settle(recorder);
    });
    return { recorder, ended };
  }

  /** Starts waiting runs one after another; `release` is called when nothing is left to run. */
  queue(queued: readonly QueuedRun[], release: () => void, options: QueueOptions = {}): RunQueue {
    const queue = new RunQueue(this, queued, options);
    this.#queues.add(queue);
    void queue.ended.finally(() => {
      this.#queues.delete(queue);
      release();
    });
    return queue;
  }

  /** A recorder of a stored run, which becomes `streaming`. @throws as `start` */
  recorderOf(run: RecordedRun): RunRecorder {
    const started = run.status === 'waiting' ? this.#started(run) : run;
    return new RunRecorder(
      started,
      (progress, ended) => {
        const save = () => this.#options.runs.write(run.id, progress);
        if (ended) this.#change(run, this.#now(), save);
        else this.#options.database.write(this.#hooks(run).saving, save);
      },
      this.#recorderOptions,
    );
  }

  /** Ends a stored run that is already complete and needs no engine. */
  complete(run: RecordedRun): RecordedRun {
    const recorder = this.recorderOf(run);
    this.#recorders.set(run.id, recorder);
    recorder.finish('end-token', null);
    this.#settle(recorder);
    return recorder.run;
  }

  /** The run `id` with text that is not in the database yet; undefined if there is none. */
  unsaved(id: string): RecordedRun | undefined {
    return this.#recorders.get(id)?.run;
  }

  /**
   * Saves all ended runs that could not be saved before.
   * @throws ForedraftError `disk-full`, `database-failed` if a run of an owner of this kind still can't be
   */
  saveEnded(kind: RunOwner['kind']): void {
    const failures: unknown[] = [];
    for (const recorder of this.#recorders.values()) {
      if (!recorder.ended) continue;
      try {
        recorder.save();
      } catch (error) {
        if (recorder.owner.kind === kind) failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** The runs with text or an end that is not in the database yet. */
  get unsavedRuns(): readonly RecordedRun[] {
    return [...this.#recorders.values()].filter(({ saved }) => !saved).map(({ run }) => run);
  }

  /** Saves all text, of runs that are being written, too. @throws ForedraftError `disk-full`, `database-failed` */
  save(): void {
    const errors: unknown[] = [];
    for (const recorder of this.#recorders.values()) {
      try {
        recorder.save();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  /**
   * Interrupts what is being written, starts nothing more of what waits, and saves all text. What can't be saved is
   * still retried.
   * @throws ForedraftError `disk-full`, `database-failed`
   */
  interrupt(): void {
    for (const queue of this.#queues) queue.close();
    for (const recorder of this.#recorders.values()) recorder.interrupt();
    this.save();
  }

  /** The program quits: as `interrupt`, but what can't be saved is lost. @throws as `interrupt` */
  close(): void {
    this.#closed = true;
    try {
      this.interrupt();
    } finally {
      for (const recorder of this.#recorders.values()) recorder.abandon();
      this.#recorders.clear();
    }
  }

  #started(run: RecordedRun): RecordedRun {
    const startedAt = this.#now();
    const { status } = this.#options.engine;
    const kernels = status.state === 'ready' ? status.model.kernels : null;
    const started = this.#change(run, startedAt, () => this.#options.runs.start(run.id, startedAt, kernels));
    if (!started) {
      const message = `No run ${run.id} waits to be started: open its comparison or document again.`;
      throw new ForedraftError('not-found', message, { id: run.id });
    }
    const open = { endReason: null, statistics: null, error: null };
    return { ...run, ...open, status: 'streaming', text: '', tokens: [], trace: [], startedAt, kernels };
  }

  #settle(recorder: RunRecorder): void {
    // `close` has saved the run.
    if (this.#closed) return;
    const { push } = this.#options;
    if (recorder.saved) {
      this.#recorders.delete(recorder.id);
    } else {
      recorder.onceSaved(() => {
        this.#recorders.delete(recorder.id);
        push('run-changed', { run: recorder.run });
      });
    }
    push('run-changed', { run: recorder.run });
  }

  /** Writes `work`, touches the owner if the run still exists, and reports the change. Returns whether it exists. */
  #change({ owner }: RecordedRun, now: number, work: () => boolean): boolean {
    const { saving, touch, notify } = this.#hooks({ owner });
    const write = () => {
      const exists = work();
      if (exists) touch?.(owner, now);
      return exists;
    };
    return this.#options.database.write(saving, write, notify);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #hooks({ owner }: Pick<RecordedRun, 'owner'>): OwnerHooks {
    return this.#options.owners[owner.kind] as OwnerHooks;
  }
}
