import type { Push } from '../contract/api.ts';
import type { NewRewrite, Rewrite } from '../contract/document.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import type { RecordedRun } from '../contract/run.ts';
import type { RewriteTextWriter } from '../runs/rewrite-text-writer.ts';
import type { Engine } from '../runs/engine-lock.ts';
import { Recording } from '../runs/run-recorder.ts';
import type { AlternativeRun } from './alternative-strategies.ts';
import type { RewriteHistory } from './rewrite-history.ts';
import { referencesOf, rewritePrompt } from './rewrite-prompt.ts';
import { runIdAt } from './rewrite-rows.ts';

export interface RewriteSurroundings {
  readonly history: Pick<RewriteHistory, 'writeRun'>;
  readonly engine: Engine;
  readonly push: Push;
}

/** A rewrite while it has the engine: one run after another, until a person stops it or one fails. */
export class RunningRewrite {
  /** Settles, and never fails, when nothing of it will be written any more. */
  readonly ended: Promise<void>;
  readonly #rewrite: Rewrite;
  readonly #request: NewRewrite;
  readonly #around: RewriteSurroundings;
  readonly #writers: RewriteTextWriter[] = [];
  #waiting: readonly RecordedRun[];
  #current: Recording<RewriteTextWriter> | undefined;
  #stopped = false;

  /** Begins when whoever started it has been answered. */
  constructor(
    rewrite: Rewrite,
    request: NewRewrite,
    runs: readonly AlternativeRun[],
    around: RewriteSurroundings,
  ) {
    this.#rewrite = rewrite;
    this.#request = request;
    this.#around = around;
    this.#waiting = waitingRuns(rewrite, runs);
    this.ended = this.#runAll();
  }

  /** As it is now, with all of its texts so far. */
  get rewrite(): Rewrite {
    return { ...this.#rewrite, runs: [...this.#writers.map(({ run }) => run), ...this.#waiting] };
  }

  /** Asks the engine to end what it writes; no further alternative is begun. */
  stop(): void {
    this.#stopped = true;
    this.#current?.stop();
  }

  /** The program quits: keeps what there is, and doesn't wait for the engine. */
  close(): void {
    this.#stopped = true;
    this.#current?.interrupt();
    try {
      for (const writer of this.#writers) writer.save();
    } finally {
      for (const writer of this.#writers) writer.abandon();
    }
  }

  async #runAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (let next = this.#waiting[0]; next && !this.#stopped; next = this.#waiting[0]) {
      this.#waiting = this.#waiting.slice(1);
      const { run } = await this.#run(next);
      if (run.status !== 'done') break;
    }
    this.#waiting = this.#waiting.map((run) => ({ ...run, status: 'stopped' }));
    for (const run of this.#waiting) this.#around.push('run-changed', { run });
  }

  async #run(waiting: RecordedRun): Promise<RewriteTextWriter> {
    const { id: runId, strategy, owner } = waiting;
    const position = owner.kind === 'rewrite' ? owner.position : 0;
    const begun = { ...waiting, status: 'streaming', startedAt: Date.now() } as const;
    const writer = this.#around.history.writeRun(this.#rewrite.id, position, begun);
    this.#writers.push(writer);
    const request: GenerationRequest = {
      ...rewritePrompt(this.#request),
      strategy,
      maxTokens: this.#request.maxTokens,
      stopTexts: [],
      alternatives: 0,
      references: referencesOf(this.#request),
    };
    this.#around.push('run-changed', { run: writer.run });
    this.#current = new Recording(
      writer,
      (event) => writer.add(event),
      (signal) => this.#around.engine.generate(request, signal),
      (events) => this.#around.push('run-events', { runId, events }),
    );
    await this.#current.ended;
    this.#around.push('run-changed', { run: writer.run });
    return writer;
  }
}

function waitingRuns({ id: rewriteId, modelId, provider }: Rewrite, runs: readonly AlternativeRun[]) {
  const waiting: RecordedRun[] = [];
  let position = 0;
  for (const { strategy, texts } of runs) {
    waiting.push({
      id: runIdAt(rewriteId, position),
      owner: { kind: 'rewrite', rewriteId, position },
      ...{ modelId, provider, strategy, status: 'waiting', text: '', tokens: [], trace: [] },
      ...{ endReason: null, statistics: null, error: null, startedAt: null },
    });
    position += texts;
  }
  return waiting;
}
