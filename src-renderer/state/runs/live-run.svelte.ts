import type { GenerationEvent, TokenEvent } from '../../../src-main/contract/generation.ts';
import {
  isTraceEvent,
  applyRescored,
  type RecordedRun,
  type RunOutput,
  type RunToken,
  runTokenOf,
  type TraceEvent,
} from '../../../src-main/contract/run.ts';
import { type RunStats, statsSoFar } from './run-stats.ts';

/** Milliseconds since 1970. */
export type Now = () => number;

/** Interval between updates of stats and charts: numbers that change faster can't be read. */
const statsRefreshMs = 250;
/** Trace events that may arrive a second time after a run was read: those of a frame, and more. */
const overlap = 64;

/** A running run as main has it; without tokens and trace where only its text was read. */
export type FollowedRun = Pick<RecordedRun, 'id' | 'owner' | 'text' | 'startedAt'> &
  Partial<Pick<RecordedRun, 'tokens' | 'trace'>>;

/** A run while it runs: its text with each batch of events, the rest every `statsRefreshMs`. */
export class LiveRun {
  readonly id: string;
  readonly owner: RecordedRun['owner'];
  text = $state.raw('');
  /** Text of a search that may still change. */
  preview = $state.raw('');
  promptDone = $state.raw(0);
  promptTotal = $state.raw(0);
  /** Up to where the finished text was read again, in tokens; 0 until then. */
  rescored = $state.raw(0);
  /** Incremented with each batch that adds to `tokens` or changes them. */
  batches = $state.raw(0);
  stats = $state.raw<RunStats>() as RunStats;
  /** The run at the last refresh, for charts. */
  snapshot = $state.raw<RunOutput>() as RunOutput;
  /** In order; not reactive, see `batches`. Those from before the window followed the run may be missing. */
  readonly tokens: RunToken[];
  readonly trace: TraceEvent[];
  readonly #now: Now;
  readonly #startedAt: number | null;
  /** Position of the next token; null until one arrives, if the tokens so far are unknown. */
  #next: number | null;
  /** The last trace events as read, of which the first to arrive may be repetitions. */
  #read: readonly string[];
  /** When the first batch of tokens arrived, and how many there were then. */
  #first: { readonly at: number; readonly tokens: number } | null = null;
  #firstTokenMs: number | null = null;
  #refreshedAt = -Infinity;

  constructor({ id, owner, text, startedAt, tokens, trace = [] }: FollowedRun, now: Now) {
    this.id = id;
    this.owner = owner;
    this.text = text;
    this.tokens = [...(tokens ?? [])];
    this.trace = [...trace];
    this.#now = now;
    this.#startedAt = startedAt;
    this.#next = tokens === undefined && text !== '' ? null : this.tokens.length;
    this.#read = trace.slice(-overlap).map((event) => JSON.stringify(event));
    this.#refresh(now());
    this.#refreshedAt = -Infinity;
  }

  apply(events: readonly GenerationEvent[]): void {
    const now = this.#now();
    const before = this.tokens.length;
    const started = this.text !== '' || before > 0 || this.trace.length > 0;
    let text = '';
    let rescored = false;
    for (const event of events) {
      if (event.type === 'token') {
        text += this.#addToken(event);
        // Settled text is no longer part of the preview.
        this.preview = '';
      } else if (event.type === 'preview') this.preview = event.text;
      else if (event.type === 'end') this.preview = '';
      else if (event.type === 'prompt-progress') {
        this.promptDone = event.done;
        this.promptTotal = event.total;
      } else if (event.type === 'rescored') {
        this.rescored = event.position + event.tokens.length;
        rescored = applyRescored(this.tokens, event).length > 0 || rescored;
      } else if (isTraceEvent(event)) this.#addTrace(event);
    }
    this.text += text;
    if (!started && (this.tokens.length > 0 || this.preview !== '')) this.#firstTokenMs = this.#elapsed(now);
    if (this.tokens.length > before) {
      this.batches += 1;
      // The tokens of the first batch have no measured time between them: the speed starts after it.
      this.#first ??= { at: now, tokens: this.tokens.length };
    }
    if (rescored) this.batches += 1;
    if (now - this.#refreshedAt >= statsRefreshMs) this.#refresh(now);
  }

  #addToken(event: TokenEvent): string {
    if (this.#next !== null && event.position < this.#next) return '';
    this.#next = event.position + 1;
    this.tokens.push(runTokenOf(event));
    return event.text;
  }

  #addTrace(event: TraceEvent): void {
    if (this.#read.length > 0) {
      const place = this.#read.indexOf(JSON.stringify(event));
      this.#read = place === -1 ? [] : this.#read.slice(place + 1);
      if (place !== -1) return;
    }
    this.trace.push(event);
  }

  #refresh(now: number): void {
    this.#refreshedAt = now;
    const { text, tokens, trace } = this;
    this.snapshot = { text, tokens: [...tokens], trace: [...trace] };
    this.stats = statsSoFar(tokens, trace, {
      elapsedMs: this.#elapsed(now),
      firstTokenMs: this.#firstTokenMs,
      tokensPerSecond: this.#speed(now),
    });
  }

  #speed(now: number): number | null {
    if (this.#first === null || now <= this.#first.at) return null;
    return ((this.tokens.length - this.#first.tokens) * 1000) / (now - this.#first.at);
  }

  #elapsed(now: number): number {
    return Math.max(0, now - (this.#startedAt ?? now));
  }
}
