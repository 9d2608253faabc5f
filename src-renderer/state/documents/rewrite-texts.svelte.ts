import type { Rewrite } from '../../../src-main/contract/document.ts';
import type { GenerationEvent, Statistics } from '../../../src-main/contract/generation.ts';
import type { MessageStatus } from '../../../src-main/contract/history.ts';

/** A text that the model offers for a passage. */
export interface OfferedText {
  readonly rewriteId: string;
  readonly text: string;
  readonly status: MessageStatus;
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
  /** By rewrite and position, while they are written. */
  readonly #growing: Record<string, { settled: string; preview: string }> = {};
  /** Of rewrites that main has begun before it has answered. */
  #early: { readonly id: string; readonly apply: () => void }[] = [];

  readonly #counted = new Count();

  get chosen(): OfferedText | undefined {
    return this.all[this.at];
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  /** From now on, texts of the rewrite `id` are taken. */
  begin(id: string): void {
    this.ids.push(id);
    this.runningId = id;
    const early = this.#early;
    this.#early = [];
    for (const event of early) if (event.id === id) event.apply();
  }

  /** Takes the texts of a rewrite that had begun before anybody was there to see it. */
  takeUp({ id, texts }: Rewrite): void {
    this.begin(id);
    for (const [position, { text }] of texts.entries())
      this.#growing[`${id} ${position}`] = { settled: text, preview: '' };
    const first = texts[0];
    if (first) this.all = [{ rewriteId: id, text: first.text, status: 'streaming', statistics: null }];
  }

  apply(id: string, position: number, events: readonly GenerationEvent[]): void {
    if (!this.has(id)) {
      this.#early.push({ id, apply: () => this.apply(id, position, events) });
      return;
    }
    const text = (this.#growing[`${id} ${position}`] ??= { settled: '', preview: '' });
    if (id === this.ids[0]) this.figures = this.#counted.add(events, performance.now()) ?? this.figures;
    for (const event of events) {
      if (event.type === 'token') text.settled += event.text;
      if (event.type === 'token' || event.type === 'preview')
        text.preview = event.type === 'preview' ? event.text : '';
    }
    const grown = { rewriteId: id, status: 'streaming', statistics: null } as const;
    // Others are offered when they are whole.
    if (id === this.ids[0] && position === 0) this.all = [{ ...grown, text: text.settled + text.preview }];
  }

  /**
   * Takes the texts as they were kept, without those that are empty or that there are already. Tells whether they
   * belong here.
   */
  settle({ id, texts }: Rewrite): boolean {
    if (!this.has(id)) return false;
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
    return true;
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
