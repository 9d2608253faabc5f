import type { Push } from '../contract/api.ts';
import type { NewRewrite, Rewrite, RewriteText } from '../contract/document.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import type { RewriteHistory } from './rewrite-history.ts';
import type { RewriteTextWriter } from '../runs/rewrite-text-writer.ts';
import type { Engine } from '../runs/engine-lock.ts';
import { Recording } from '../runs/run-recorder.ts';
import type { AlternativeRun } from './alternative-strategies.ts';
import { referencesOf, rewritePrompt } from './rewrite-prompt.ts';

export interface RewriteSurroundings {
  readonly history: Pick<RewriteHistory, 'writeText'>;
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
    this.ended = this.#runAll(runs);
  }

  /** As it is now, with all of its texts so far. */
  get rewrite(): Rewrite {
    const texts: readonly RewriteText[] = this.#writers.flatMap((writer) => writer.texts);
    return { ...this.#rewrite, texts };
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

  async #runAll(runs: readonly AlternativeRun[]): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    let position = 0;
    for (const run of runs) {
      if (this.#stopped) return;
      const writer = await this.#run(run, position);
      if (writer.texts[0]?.status !== 'done') return;
      position += run.texts;
    }
  }

  async #run({ strategy }: AlternativeRun, position: number): Promise<RewriteTextWriter> {
    const rewriteId = this.#rewrite.id;
    const writer = this.#around.history.writeText(rewriteId, position, strategy);
    this.#writers.push(writer);
    const request: GenerationRequest = {
      ...rewritePrompt(this.#request),
      strategy,
      maxTokens: this.#request.maxTokens,
      stopTexts: [],
      alternatives: 0,
      references: referencesOf(this.#request),
    };
    this.#current = new Recording(
      writer,
      (event) => writer.add(event),
      (signal) => this.#around.engine.generate(request, signal),
      (events) => this.#around.push('rewrite-events', { rewriteId, position, events }),
    );
    await this.#current.ended;
    return writer;
  }
}
