import type { Push } from '../contract/api.ts';
import type {
  NewRewrite,
  Rewrite,
  RewriteOutcome,
  RewritePassage,
  PendingRewrite,
} from '../contract/document.ts';
import { ForedraftError } from '../contract/error.ts';
import type { DocumentHistory } from './document-history.ts';
import type { RewriteHistory } from './rewrite-history.ts';
import type { EngineLock, ReadingEngine } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import { alternativeRuns } from './alternative-strategies.ts';
import { rewritePrompt } from './rewrite-prompt.ts';
import { RunningRewrite } from './running-rewrite.ts';

/** Where documents and rewrites are kept. */
export interface RewriteStores {
  readonly documents: DocumentHistory;
  readonly rewrites: RewriteHistory;
}

/** The recorder of rewrites between engine, history and window. One rewrite at a time. */
export class Rewrites {
  readonly #stores: RewriteStores;
  readonly #engine: ReadingEngine;
  readonly #turn: EngineLock;
  readonly #push: Push;
  #running: RunningRewrite | undefined;
  /** The newest one, ended or not, until a person has decided something about it. */
  #undecided: { readonly begun: RunningRewrite; readonly before: string } | undefined;

  constructor(stores: RewriteStores, engine: ReadingEngine, turn: EngineLock, push: Push) {
    this.#stores = stores;
    this.#engine = engine;
    this.#turn = turn;
    this.#push = push;
  }

  /**
   * Keeps a rewrite and begins to write it.
   * @throws ForedraftError `prompt-empty`, `message-invalid`, `engine-busy`, `engine-unavailable`, `not-found`
   * (document), `disk-full`, `database-failed`; nothing is kept then
   */
  start(request: NewRewrite): Rewrite {
    const { selection, before, mode, instruction, documentId } = request;
    if (`${mode === 'continue' ? before : ''}${selection}`.trim() === '') {
      throw new ForedraftError('prompt-empty', 'No text is selected: select some, then choose what to do.');
    }
    if (mode === 'replace' && instruction === '') {
      throw new ForedraftError('message-invalid', 'The instruction is empty: write what is to be done.');
    }
    this.#turn.assertFree();
    const { id: modelId, provider } = readyModel(this.#engine.status);
    // A document that is gone is told now, and not by the database.
    if (documentId !== null) this.#stores.documents.textOf(documentId);
    const rewrite = this.#stores.rewrites.create(request, { modelId, provider });
    const release = this.#turn.take('rewriting a text');
    const runs = alternativeRuns(request.strategy, request.alternatives);
    const running = new RunningRewrite(rewrite, request, runs, {
      history: this.#stores.rewrites,
      engine: this.#engine,
      push: this.#push,
    });
    this.#running = running;
    this.#undecided = { begun: running, before };
    void running.ended.then(() => {
      release();
      // The program quits, and everything was kept by `close`.
      if (this.#running !== running) return;
      this.#running = undefined;
    });
    return running.rewrite;
  }

  /** Has the model read what may be rewritten next; nothing is done while something is being written. */
  prepare(passage: RewritePassage): void {
    if (!this.#turn.busy) this.#engine.prefill(rewritePrompt(passage));
  }

  /** The rewrite that was begun last, if nobody has decided about it. */
  undecided(): PendingRewrite | null {
    if (this.#undecided === undefined) return null;
    const { begun, before } = this.#undecided;
    return { rewrite: begun.rewrite, before };
  }

  /** Asks the engine to end the rewrite `id`; one that has ended meanwhile stays as it is. */
  stop(id: string): void {
    if (this.#running?.rewrite.id === id) this.#running.stop();
  }

  /**
   * Keeps what a person makes of a rewrite. Told before the first change comes into the document, it keeps the
   * document as a version.
   * @throws ForedraftError `not-found`
   */
  decide(id: string, outcome: RewriteOutcome): void {
    const { rewrites, documents } = this.#stores;
    const rewrite = rewrites.open(id);
    const first = rewrite.outcome === 'open' && (outcome === 'accepted' || outcome === 'partly');
    if (first && rewrite.documentId !== null) documents.keepVersion(rewrite.documentId, 'rewrite');
    rewrites.decide(id, outcome);
    if (outcome !== 'open' && this.#undecided?.begun.rewrite.id === id) this.#undecided = undefined;
  }

  /** The program quits: keeps what there is. @throws ForedraftError `disk-full`, `database-failed` */
  close(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.close();
  }
}
