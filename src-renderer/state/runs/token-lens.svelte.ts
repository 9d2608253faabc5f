import type { RunToken } from '../../../src-main/contract/run.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import type { ErrorReport } from '../../../src-main/contract/error.ts';
import { reportOf } from '../../../src-main/contract/error.ts';
import type { Message } from '../../../src-main/contract/conversation.ts';
import type { InspectedToken } from '../../../src-main/contract/inspection.ts';
import { ask } from '../shell/ask.ts';
import { type Grade, gradeOf, type LensMode } from './lens-grade.ts';
import { TokenChunks } from './token-chunks.ts';

/** Tokens that the engine looks at in one go: a fraction of a second, so that an answer never waits long. */
const partWithPolicy = 16;
const partOfModel = 128;

/** A part of the answer for the engine to look at. */
interface Part {
  readonly first: number;
  readonly count: number;
  readonly withPolicy: boolean;
}

/** One answer seen token by token, while it is written and afterwards. */
export class TokenLens {
  readonly messageId: string;
  readonly #api: Api;
  readonly #conversationId: string;
  readonly #chunks = new TokenChunks();
  mode = $state.raw<LensMode>('probability');
  /** All tokens, in parts that stay the same objects while others are added. */
  chunks = $state.raw<readonly (readonly RunToken[])[]>([]);
  count = $state.raw(0);
  /** Whether the answer is being written: the engine can't look at it then. */
  live = $state.raw(false);
  /** Position of the token whose details are shown, or null. */
  at = $state.raw<number | null>(null);
  /** Whether the keyboard is to go to the tokens as soon as they are there. */
  takesKeyboard = $state.raw(false);
  loading = $state.raw(true);
  error = $state.raw<ErrorReport | null>(null);
  /** What the model thought, and what the policy made of it, too, by position. */
  readonly #seen = new SvelteMap<number, InspectedToken>();
  readonly #details = new SvelteMap<number, InspectedToken>();
  #working = false;
  #closed = false;

  constructor(api: Api, { id, conversationId, status }: Pick<Message, 'id' | 'conversationId' | 'status'>) {
    this.#api = api;
    this.messageId = id;
    this.#conversationId = conversationId;
    this.live = status === 'streaming';
  }

  /** Reads the kept tokens. */
  async load(): Promise<void> {
    const { messageId } = this;
    const conversationId = this.#conversationId;
    await this.#try(async () =>
      this.#add(await ask(this.#api, 'answer-tokens', { conversationId, messageId })),
    );
    this.loading = false;
  }

  /** Takes on tokens of an answer that is being written; those that were missed are read. */
  follow(tokens: readonly RunToken[]): void {
    this.#add(tokens);
    const next = tokens.at(-1);
    if (next !== undefined && next.position >= this.count && !this.loading) {
      this.loading = true;
      void this.load();
    }
  }

  /** The answer has ended: what is kept of it is read, and it can be looked at. */
  async settle(): Promise<void> {
    if (!this.live) return;
    this.live = false;
    await this.load();
    await this.#work();
  }

  close(): void {
    this.#closed = true;
  }

  token(position: number): RunToken | undefined {
    return this.#chunks.token(position);
  }

  /** What the engine found at `position`, with the policy's part; undefined until it has looked. */
  details(position: number): InspectedToken | undefined {
    return this.#details.get(position);
  }

  grade(token: RunToken): Grade | undefined {
    const seen = this.#details.get(token.position) ?? this.#seen.get(token.position);
    // A token that a person chose has a probability all the same, once the engine has looked.
    const logProbability = Number.isNaN(token.logProbability)
      ? (seen?.logProbability ?? NaN)
      : token.logProbability;
    return gradeOf(this.mode, { ...token, logProbability, rank: seen?.rank, entropy: seen?.entropy });
  }

  /** Shows the details of the token at `position`, kept within the answer. */
  async select(position: number): Promise<void> {
    if (this.count === 0) return;
    this.at = Math.max(0, Math.min(this.count - 1, position));
    await this.#work();
  }

  /** What colours mean from now on; rank and entropy need the whole answer looked at. */
  async show(mode: LensMode): Promise<void> {
    this.mode = mode;
    await this.#work();
  }

  #add(tokens: readonly RunToken[]): void {
    this.#chunks.add(tokens);
    this.chunks = this.#chunks.all;
    this.count = this.#chunks.count;
  }

  /** Has the engine look at what is wanted, one part after another: it answers one request at a time. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let part = this.#wanted(); part !== null; part = this.#wanted()) {
      if (!(await this.#inspect(part))) break;
    }
    this.#working = false;
  }

  #wanted(): Part | null {
    if (this.live || this.#closed) return null;
    const { at } = this;
    if (at !== null && !this.#details.has(at)) {
      return { first: at - (at % partWithPolicy), count: partWithPolicy, withPolicy: true };
    }
    if (this.mode === 'probability' || this.mode === 'origin') return null;
    for (let first = 0; first < this.count; first += partOfModel) {
      if (!this.#seen.has(first)) return { first, count: partOfModel, withPolicy: false };
    }
    return null;
  }

  async #inspect(part: Part): Promise<boolean> {
    const { messageId } = this;
    const conversationId = this.#conversationId;
    const into = part.withPolicy ? this.#details : this.#seen;
    let found = 0;
    const asked = await this.#try(async () => {
      const tokens = await ask(this.#api, 'answer-inspect', { conversationId, messageId, ...part });
      for (const token of tokens) into.set(token.position, token);
      found = tokens.length;
    });
    return asked && found > 0;
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
