import type { RunToken } from '../../../src-main/contract/run.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { ErrorReport } from '../../../src-main/contract/error.ts';
import { reportOf } from '../../../src-main/contract/error.ts';
import type { InspectedToken } from '../../../src-main/contract/inspection.ts';
import { type Grade, gradeOf, type LensMode, needsReading } from './lens-grade.ts';
import { TokenChunks } from './token-chunks.ts';

/** Tokens inspected per request: a fraction of a second, so that an answer never waits long. */
const partWithPolicy = 16;
const partOfModel = 128;

/** A range of tokens to inspect. */
export interface LensPart {
  readonly first: number;
  readonly count: number;
  readonly withPolicy: boolean;
}

/** A generated text as a lens reads it. */
export interface LensSource {
  readonly id: string;
  /** Whether the text is still being generated. */
  readonly live: boolean;
  /** The recorded tokens, from position 0. */
  readonly tokens: () => Promise<readonly RunToken[]>;
  readonly inspect: (part: LensPart) => Promise<readonly InspectedToken[]>;
}

/** Whether the colours of a mode need tokens inspected. */
export const needsInspection = (mode: LensMode): boolean => mode === 'rank' || mode === 'entropy';

/** A generated text token by token, while it is generated and afterwards. */
export class TokenLens {
  readonly id: string;
  readonly #source: LensSource;
  readonly #chunks = new TokenChunks();
  mode = $state.raw<LensMode>('probability');
  /** All tokens, in chunks that keep their identity while others are added. */
  chunks = $state.raw<readonly (readonly RunToken[])[]>([]);
  count = $state.raw(0);
  /** Whether the text is being generated: it can't be inspected then. */
  live = $state.raw(false);
  /** Position of the token whose details are shown, or null. */
  at = $state.raw<number | null>(null);
  /** Whether the tokens take the focus once they are shown. */
  takesKeyboard = $state.raw(false);
  loading = $state.raw(true);
  error = $state.raw<ErrorReport | null>(null);
  /** Inspected tokens by position, without and with the policy. */
  readonly #seen = new SvelteMap<number, InspectedToken>();
  readonly #details = new SvelteMap<number, InspectedToken>();
  #working = $state.raw(false);
  #closed = false;

  constructor(source: LensSource) {
    this.id = source.id;
    this.#source = source;
    this.live = source.live;
  }

  /** Reads the recorded tokens. */
  async load(): Promise<void> {
    await this.#try(async () => this.#add(await this.#source.tokens()));
    this.loading = false;
  }

  /** Adds tokens of a text being generated; missed ones are read. */
  follow(tokens: readonly RunToken[]): void {
    this.#add(tokens);
    const next = tokens.at(-1);
    if (next !== undefined && next.position >= this.count && !this.loading) {
      this.loading = true;
      void this.load();
    }
  }

  /** The text is complete: reads what was recorded, which can be inspected now. */
  async settle(): Promise<void> {
    if (!this.live) return;
    this.live = false;
    await this.load();
    await this.#work();
  }

  /** How many tokens were inspected for the colours of the mode, while others still are; null if none are. */
  get computing(): { readonly done: number; readonly count: number } | null {
    if (!this.#working || this.live || !needsInspection(this.mode) || this.#seen.size >= this.count)
      return null;
    return { done: this.#seen.size, count: this.count };
  }

  close(): void {
    this.#closed = true;
  }

  token(position: number): RunToken | undefined {
    return this.#chunks.token(position);
  }

  /** The inspected token at `position`, with the policy's part, once it is available. */
  details(position: number): InspectedToken | undefined {
    return this.#details.get(position);
  }

  /** The grade of `token` in the current mode; undefined while it isn't known. */
  grade(token: RunToken): Grade | undefined {
    const seen = this.#details.get(token.position) ?? this.#seen.get(token.position);
    // A token chosen by the user has a probability once it is inspected, but no origin.
    const logProbability =
      seen !== undefined && needsReading(token) && this.mode !== 'origin'
        ? seen.logProbability
        : token.logProbability;
    return gradeOf(this.mode, { ...token, logProbability, rank: seen?.rank, entropy: seen?.entropy });
  }

  /** Shows the details of the token at `position`, clipped to the text. */
  async select(position: number): Promise<void> {
    if (this.count === 0) return;
    this.at = Math.max(0, Math.min(this.count - 1, position));
    await this.#work();
  }

  /** Sets the meaning of the colours; rank and entropy need the whole text inspected. */
  async show(mode: LensMode): Promise<void> {
    this.mode = mode;
    await this.#work();
  }

  #add(tokens: readonly RunToken[]): void {
    this.#chunks.add(tokens);
    this.chunks = this.#chunks.all;
    this.count = this.#chunks.count;
  }

  /** Inspects what is needed, one part at a time. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let part = this.#wanted(); part !== null; part = this.#wanted()) {
      if (!(await this.#inspect(part))) break;
    }
    this.#working = false;
  }

  #wanted(): LensPart | null {
    if (this.live || this.#closed) return null;
    const { at } = this;
    if (at !== null && !this.#details.has(at)) {
      return { first: at - (at % partWithPolicy), count: partWithPolicy, withPolicy: true };
    }
    if (!needsInspection(this.mode)) return null;
    for (let first = 0; first < this.count; first += partOfModel) {
      if (!this.#seen.has(first)) return { first, count: partOfModel, withPolicy: false };
    }
    return null;
  }

  async #inspect(part: LensPart): Promise<boolean> {
    const into = part.withPolicy ? this.#details : this.#seen;
    let found = 0;
    const succeeded = await this.#try(async () => {
      const tokens = await this.#source.inspect(part);
      for (const token of tokens) into.set(token.position, token);
      found = tokens.length;
    });
    return succeeded && found > 0;
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.error = null;
      return true;
    } catch (error) {
      this.error = reportOf(error, 'runtime-failed');
      return false;
    }
  }
}
