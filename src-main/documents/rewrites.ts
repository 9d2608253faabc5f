import { randomUUID } from 'node:crypto';
import type { Push } from '../contract/api.ts';
import type {
  LikelyRewrite,
  NewRewrite,
  PendingRewrite,
  Rewrite,
  RewriteOutcome,
} from '../contract/document.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import { withAdapter } from '../contract/generation.ts';
import type { ModelCard } from '../contract/model-card.ts';
import { adapterFor, lengthBoundOf } from '../contract/rewrite/purpose.ts';
import type { RecordedRun } from '../contract/run.ts';
import type { AppDatabase } from '../database/database.ts';
import type { HostClient } from '../host/client.ts';
import type { Engine, EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import type { QueuedRun, RunQueue } from '../runs/run-queue.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { Runner } from '../runs/runner.ts';
import { alternativeRuns } from './alternative-strategies.ts';
import type { Documents } from './documents.ts';
import { askedWhen } from '../contract/chat.ts';
import { utcOffsetAt } from '../database/utc-offset.ts';
import { referencesOf, rewritePrompt } from './rewrite-prompt.ts';
import type { RewriteHead, PendingRow } from './rewrite-rows.ts';
import { RewriteRows } from './rewrite-rows.ts';

/** What rewrites need of the engine host. */
export type RewriteEngine = Engine & Pick<HostClient, 'prefill'>;

export interface RewritesOptions {
  readonly database: AppDatabase;
  readonly runs: RunStore;
  readonly documents: Documents;
  readonly runner: Runner;
  readonly engine: RewriteEngine;
  readonly lock: EngineLock;
  readonly push: Push;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/** Rewrites passages, one at a time: the runs of a rewrite follow each other until one is stopped or fails. */
export class Rewrites {
  readonly #options: RewritesOptions;
  readonly #rows: RewriteRows;
  #running: { readonly id: string; readonly queue: RunQueue } | undefined;
  /** The newest rewrite, until the user decides about it. */
  #pending: PendingRow | undefined;
  /** Runs that could not start, nor be saved as such; by id. */
  readonly #unsavedDrops = new Map<string, RecordedRun>();

  constructor(options: RewritesOptions) {
    this.#options = options;
    const { database } = options;
    this.#rows = database.read('open the database', () => new RewriteRows(database.connection));
    this.#pending = database.read('open the database', () => this.#rows.pending());
  }

  /**
   * Saves a rewrite and starts its first run.
   * @throws ForedraftError `selection-empty`, `message-invalid`, `engine-busy`, `engine-unavailable`, `not-found`
   * (document), `disk-full`, `database-failed`; nothing is saved then
   */
  start(request: NewRewrite): Rewrite {
    const { selection, before, mode, instruction, documentId } = request;
    if (`${mode === 'continue' ? before : ''}${selection}`.trim() === '') {
      throw new ForedraftError(
        'selection-empty',
        'No text is selected: select some, then choose what to do.',
      );
    }
    if (mode === 'replace' && instruction === '') {
      throw new ForedraftError('message-invalid', 'The instruction is empty: write what should be done.');
    }
    const { lock, engine, documents, runner } = this.#options;
    lock.assertFree();
    const model = readyModel(engine.status);
    // A missing document is reported as such, and not as a failed foreign key.
    if (documentId !== null) documents.textOf(documentId);
    const rewrite = this.#create(request, model);
    const release = lock.acquire('rewriting a text');
    const queue = runner.queue(queuedRuns(rewrite, request), release, {
      continues: ({ status }) => status === 'done',
      onDropped: (dropped, error) => this.#drop(dropped, error),
    });
    this.#unsavedDrops.clear();
    const running = { id: rewrite.id, queue };
    this.#running = running;
    this.#pending = { id: rewrite.id, before };
    void queue.ended.finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    return rewrite;
  }

  /** Prefills the prompt of a likely rewrite, unless the engine is in use. */
  prepare({ purpose, ...passage }: LikelyRewrite): void {
    const { lock, engine, now = Date.now } = this.#options;
    const askedAt = now();
    const time = { askedAt, utcOffset: utcOffsetAt(askedAt) };
    const { status } = engine;
    if (lock.busy || status.state !== 'ready') return;
    engine.prefill({ ...rewritePrompt(passage, time), ...withAdapter(adapterFor(purpose, status.model)) });
  }

  /** The newest rewrite, even one from before a restart, unless the user has decided about it. */
  pending(): PendingRewrite | null {
    if (this.#pending === undefined) return null;
    const { id, before } = this.#pending;
    return { rewrite: this.open(id), before };
  }

  /** A rewrite, with text that is not in the database yet. @throws ForedraftError `not-found` */
  open(id: string): Rewrite {
    const { database, runner } = this.#options;
    const { runs, ...head } = database.read('open the rewrite', () => this.#rewrite(id));
    return {
      ...head,
      runs: runs.map((run) => runner.unsaved(run.id) ?? this.#unsavedDrops.get(run.id) ?? run),
    };
  }

  /** Asks the engine to end the rewrite `id`; does nothing if it has ended meanwhile. */
  stop(id: string): void {
    if (this.#running?.id === id) this.#running.queue.stop();
  }

  /**
   * Saves the user's decision. Called before the first change is applied to the document, whose text becomes a version.
   * @throws ForedraftError `not-found`
   */
  decide(id: string, outcome: RewriteOutcome): void {
    const { database, documents } = this.#options;
    const { outcome: previous, documentId } = this.open(id);
    const first = previous === 'open' && (outcome === 'accepted' || outcome === 'partly');
    if (first && documentId !== null) documents.addVersion(documentId, 'rewrite');
    database.write('save the decision', () => {
      if (!this.#rows.decide(id, outcome)) throw noRewrite(id);
    });
    if (outcome !== 'open' && this.#pending?.id === id) this.#pending = undefined;
  }

  #create(request: NewRewrite, { id: modelId, provider, adapter }: ModelCard): Rewrite {
    const { database, runs, now = Date.now } = this.#options;
    const { documentId, instruction, mode, selection, before } = request;
    const createdAt = now();
    const time = { createdAt, utcOffset: utcOffsetAt(createdAt) };
    const made = { id: randomUUID(), ...time, outcome: 'open' } as const;
    const head: RewriteHead = { ...made, documentId, instruction, mode, selection, modelId, provider };
    return database.write('save the rewrite', () => {
      this.#rows.insert(head, before);
      for (const run of waitingRuns(head, request, adapterFor(request.purpose, { adapter })))
        runs.insert(run);
      return this.#rewrite(head.id);
    });
  }

  /** Alternatives that will not be written are stopped; the one that could not start has failed. */
  #drop(dropped: readonly QueuedRun[], error: unknown): void {
    const { database, runs, push } = this.#options;
    const ended = dropped.map(({ run }, index): RecordedRun => {
      if (index > 0 || error === undefined) return { ...run, status: 'stopped' };
      return { ...run, status: 'failed', error: reportOf(error, 'database-failed') };
    });
    try {
      database.write('save the rewrite', () => {
        for (const { id, ...state } of ended) runs.write(id, { state, tokens: [], firstEvent: 0, trace: [] });
      });
    } catch {
      // They still wait in the database, where the next start of the program interrupts them.
      for (const run of ended) this.#unsavedDrops.set(run.id, run);
    }
    for (const run of ended) push('run-changed', { run });
  }

  #rewrite(id: string): Rewrite {
    const head = this.#rows.get(id);
    if (head) return { ...head, runs: this.#options.runs.ofRewrite(id) };
    throw noRewrite(id);
  }
}

function waitingRuns(
  { id: rewriteId, modelId, provider }: RewriteHead,
  request: NewRewrite,
  adapter: string | null,
): RecordedRun[] {
  let position = 0;
  return alternativeRuns(request.strategy, request.alternatives).map(({ strategy, texts }) => {
    const owner = { kind: 'rewrite', rewriteId, position } as const;
    position += texts;
    return {
      ...{ id: randomUUID(), owner, modelId, provider, adapter, strategy, status: 'waiting', text: '' },
      ...{ endReason: null, statistics: null, error: null, startedAt: null, kernels: null },
      ...{ tokens: [], trace: [] },
    };
  });
}

function queuedRuns({ runs, ...rewrite }: Rewrite, request: NewRewrite): readonly QueuedRun[] {
  const { maxTokens, purpose, selection } = request;
  const limits = { maxTokens, lengthBound: lengthBoundOf(purpose, selection), stopAtLoops: true };
  const shared = {
    ...rewritePrompt(request, askedWhen(rewrite)),
    references: referencesOf(request),
    ...limits,
  };
  return runs.map((run) => ({
    run,
    request: {
      ...shared,
      ...withAdapter(run.adapter),
      strategy: run.strategy,
      stopTexts: [],
      alternatives: 0,
    },
  }));
}

function noRewrite(id: string): ForedraftError {
  return new ForedraftError('not-found', `There is no rewrite ${id}: start it again.`, { id });
}
