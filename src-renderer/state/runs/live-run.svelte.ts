import type { RunToken, TraceEvent } from '../../../src-main/contract/run.ts';
import type { ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { GenerationEvent, TokenEvent } from '../../../src-main/contract/generation.ts';
import type { RunFigures } from '../compare/figures.ts';
import { figuresSoFar } from '../compare/figures.ts';

/** Milliseconds since 1970. */
export type Now = () => number;

/** Time between two sights of figures and charts: what changes faster can't be read. */
const sightMs = 250;
/** Events of a trace that may come a second time after a run was read anew: a frame's worth and more. */
const repeatable = 64;

/** A run of a comparison while it is being written. */
export class LiveRun {
  readonly runId: string;
  text = $state.raw('');
  /** What a search would go on with; it may still change. */
  preview = $state.raw('');
  promptDone = $state.raw(0);
  promptTotal = $state.raw(0);
  /** The run a moment ago, for what can't be drawn anew with each word. */
  run = $state.raw<ComparisonRun>() as ComparisonRun;
  figures = $state.raw<RunFigures>() as RunFigures;
  readonly #now: Now;
  readonly #tokens: RunToken[];
  readonly #trace: TraceEvent[];
  /** The end of the trace as it was read, in case its last events are on their way too. */
  #known: readonly string[];
  #firstTokenMs: number | null = null;
  #seenAt = -Infinity;

  /** `run` as main has it now: what it holds already may come again, and is not taken twice. */
  constructor(run: ComparisonRun, now: Now) {
    this.runId = run.id;
    this.#now = now;
    this.#tokens = [...run.tokens];
    this.#trace = [...run.trace];
    this.#known = run.trace.slice(-repeatable).map((event) => JSON.stringify(event));
    this.text = run.text;
    this.run = run;
    this.figures = this.#figures(now());
  }

  apply(events: readonly GenerationEvent[]): void {
    const now = this.#now();
    let text = '';
    const started = this.#tokens.length > 0 || this.#trace.length > 0;
    for (const event of events) {
      if (event.type === 'token') text += this.#addToken(event);
      else if (event.type === 'preview') this.preview = event.text;
      else if (event.type === 'prompt-progress') {
        this.promptDone = event.done;
        this.promptTotal = event.total;
      } else if (event.type !== 'end') this.#addTrace(event);
    }
    this.text += text;
    if (!started && (this.#tokens.length > 0 || this.preview !== '')) this.#firstTokenMs = this.#elapsed(now);
    if (now - this.#seenAt >= sightMs) this.#look(now);
  }

  #addToken({ position, id, text, logProbability, policyLogProbability, origin }: TokenEvent): string {
    if (position < this.#tokens.length) return '';
    const token = { position, id, text, logProbability, policyLogProbability };
    this.#tokens.push(origin === undefined ? token : { ...token, origin });
    return text;
  }

  #addTrace(event: TraceEvent): void {
    if (this.#known.length > 0) {
      const place = this.#known.indexOf(JSON.stringify(event));
      this.#known = place === -1 ? [] : this.#known.slice(place + 1);
      if (place !== -1) return;
    }
    this.#trace.push(event);
  }

  #look(now: number): void {
    this.#seenAt = now;
    this.run = { ...this.run, text: this.text, tokens: [...this.#tokens], trace: [...this.#trace] };
    this.figures = this.#figures(now);
  }

  #figures(now: number): RunFigures {
    return figuresSoFar(this.#tokens, this.#trace, this.#elapsed(now), this.#firstTokenMs);
  }

  #elapsed(now: number): number {
    return Math.max(0, now - (this.run.startedAt ?? now));
  }
}
