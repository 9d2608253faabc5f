import type { RecordedRun, StartedStatus } from '../../../src-main/contract/run.ts';
import type { Rewrite, RewriteText } from '../../../src-main/contract/document.ts';
import { rewriteTexts } from '../../../src-main/contract/document.ts';
import type { GenerationEvent, Statistics } from '../../../src-main/contract/generation.ts';

/** A text that the model offers for a passage. */
export interface OfferedText {
  readonly rewriteId: string;
  readonly text: string;
  readonly status: StartedStatus;
  readonly statistics: Statistics | null;
}

/** How fast a text comes, and the share of it that was guessed right. */
export interface RewriteFigures {
  readonly tokensPerSecond: number | null;
  /** 0 to 1 of all its tokens; null where the strategy guesses nothing. */
  readonly acceptedShare: number | null;
}

/** Time between two sights of the figures: numbers that change faster can't be read. */
const figuresMs = 250;

/** The texts that are offered for a passage: one, and others on request. No two are alike. */
export class RewriteTexts {
  all = $state.raw<readonly OfferedText[]>([]);
  /** Of `all`, from 0. */
  at = $state.raw(0);
  /** The rewrite that is being written; null where none is. */
  runningId = $state.raw<string | null>(null);
  figures = $state.raw<RewriteFigures>({ tokensPerSecond: null, acceptedShare: null });
  readonly ids: string[] = [];
  /** The runs of each rewrite as main has them. */
  readonly #runs: Record<string, readonly RecordedRun[]> = {};
  /** By run, while it is written. */
  readonly #growing: Record<string, { settled: string; preview: string }> = {};
  /** Of rewrites that main has begun before it has answered. */
  #early: { readonly rewriteId: string; readonly run: RecordedRun }[] = [];

  readonly #counted = new Count();

  get chosen(): OfferedText | undefined {
    return this.all[this.at];
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  /** From now on, texts of the rewrite are taken. */
  begin({ id, runs }: Pick<Rewrite, 'id' | 'runs'>): void {
    this.ids.push(id);
    this.runningId = id;
    this.#runs[id] = runs;
    const early = this.#early;
    this.#early = [];
    for (const { rewriteId, run } of early) this.changeRun(run, rewriteId);
  }

  /** Takes the texts of a rewrite that had begun before anybody was there to see it. */
  resume(rewrite: Rewrite): void {
    this.begin(rewrite);
    for (const { id, text } of rewrite.runs) this.#growing[id] = { settled: text, preview: '' };
    const first = rewriteTexts(rewrite.runs)[0];
    if (first)
      this.all = [{ rewriteId: rewrite.id, text: first.text, status: 'streaming', statistics: null }];
  }

  /** Takes on a run that started or ended. */
  changeRun(run: RecordedRun, rewriteId: string): void {
    if (run.status === 'streaming') this.#growing[run.id] ??= { settled: run.text, preview: '' };
    const runs = this.#runs[rewriteId];
    if (runs === undefined) {
      this.#early.push({ rewriteId, run });
      return;
    }
    this.#runs[rewriteId] = runs.map((known) => (known.id === run.id ? run : known));
  }

  apply(runId: string, events: readonly GenerationEvent[]): void {
    const text = this.#growing[runId];
    if (text === undefined) return;
    const firstId = this.ids[0] ?? '';
    const place = (this.#runs[firstId] ?? []).findIndex(({ id }) => id === runId);
    if (place >= 0) this.figures = this.#counted.add(events, performance.now()) ?? this.figures;
    for (const event of events) {
      if (event.type === 'token') text.settled += event.text;
      if (event.type === 'token' || event.type === 'preview')
        text.preview = event.type === 'preview' ? event.text : '';
    }
    const grown = { rewriteId: firstId, status: 'streaming', statistics: null } as const;
    // Others are offered when they are whole.
    if (place === 0) this.all = [{ ...grown, text: text.settled + text.preview }];
  }

  /**
   * Takes the texts of the rewrite `id` as they were kept, without those that are empty or that there are already,
   * and returns them all; null while it is written, or where it doesn't belong here.
   */
  settle(id: string): readonly RewriteText[] | null {
    const runs = this.#runs[id];
    if (runs === undefined || runs.some(({ status }) => status === 'waiting' || status === 'streaming'))
      return null;
    const texts = rewriteTexts(runs);
    if (id === this.runningId) this.runningId = null;
    const first = id === this.ids[0];
    const kept = first ? [] : [...this.all];
    for (const { text, status, statistics } of texts) {
      const known = kept.some((other) => other.text.trim() === text.trim());
      if (known || (text.trim() === '' && kept.length > 0)) continue;
      kept.push({ rewriteId: id, text, status, statistics });
    }
    this.all = kept;
    const statistics = texts[0]?.statistics;
    if (first && statistics) this.figures = figuresOf(statistics);
    return texts;
  }

  /** Chooses the text `offset` places further, around at the ends; tells whether that is another one. */
  choose(offset: number): boolean {
    const count = this.all.length;
    if (count < 2) return false;
    this.at = (this.at + offset + count) % count;
    return true;
  }
}

/** What was counted of a text while it is written. */
class Count {
  #tokens = 0;
  #guessed = 0;
  #from: { readonly at: number; readonly tokens: number } | null = null;
  #toldAt = 0;

  /** The figures by now; null where the last ones are too new to have been read. */
  add(events: readonly GenerationEvent[], now: number): RewriteFigures | null {
    for (const event of events) {
      if (event.type !== 'token') continue;
      this.#tokens += 1;
      if (event.origin === 'accepted') this.#guessed += 1;
    }
    if (this.#tokens === 0) return null;
    this.#from ??= { at: now, tokens: this.#tokens };
    if (now - this.#toldAt < figuresMs) return null;
    this.#toldAt = now;
    const seconds = (now - this.#from.at) / 1000;
    const tokensPerSecond = seconds > 0 ? (this.#tokens - this.#from.tokens) / seconds : null;
    return { tokensPerSecond, acceptedShare: this.#guessed === 0 ? null : this.#guessed / this.#tokens };
  }
}

function figuresOf({ tokensPerSecond, acceptedTokens, outputTokens }: Statistics): RewriteFigures {
  return {
    tokensPerSecond: tokensPerSecond > 0 ? tokensPerSecond : null,
    acceptedShare: acceptedTokens === undefined || outputTokens === 0 ? null : acceptedTokens / outputTokens,
  };
}
