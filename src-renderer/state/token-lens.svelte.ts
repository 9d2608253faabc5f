import type { Api } from '../../src-main/contract/api.ts';
import type { ErrorReport } from '../../src-main/contract/error.ts';
import { reportOf } from '../../src-main/contract/error.ts';
import type { RunToken } from '../../src-main/contract/history.ts';
import type { InspectedToken } from '../../src-main/contract/inspection.ts';
import { ask } from './ask.ts';
import type { LensMode } from './lens-grade.ts';

/** Tokens that the engine looks at in one go: a fraction of a second, so that an answer never waits long. */
const chunk = 64;

export interface LensAnswer {
  readonly conversationId: string;
  readonly messageId: string;
}

/** One answer seen token by token. */
export class TokenLens {
  readonly #api: Api;
  readonly #answer: LensAnswer;
  mode = $state.raw<LensMode>('probability');
  tokens = $state.raw<readonly RunToken[]>([]);
  /** Where the engine has looked again, by position. */
  readonly #inspected = $state<Record<number, InspectedToken>>({});
  /** Position of the token whose details are shown, or null. */
  at = $state.raw<number | null>(null);
  loading = $state.raw(true);
  error = $state.raw<ErrorReport | null>(null);
  #closed = false;

  constructor(api: Api, answer: LensAnswer) {
    this.#api = api;
    this.#answer = answer;
  }

  /** Reads the kept tokens. */
  async open(): Promise<void> {
    await this.#try(async () => {
      const { conversationId, messageId } = this.#answer;
      this.tokens = await ask(this.#api, 'answer-tokens', { conversationId, messageId });
    });
    this.loading = false;
  }

  close(): void {
    this.#closed = true;
  }

  inspected(position: number): InspectedToken | undefined {
    return this.#inspected[position];
  }

  /** Shows the details of the token at `position`, kept within the answer. */
  async select(position: number): Promise<void> {
    if (this.tokens.length === 0) return;
    const at = Math.max(0, Math.min(this.tokens.length - 1, position));
    this.at = at;
    await this.#inspect(Math.floor(at / chunk) * chunk);
  }

  /** What colours mean from now on; rank and entropy need the whole answer looked at. */
  async show(mode: LensMode): Promise<void> {
    this.mode = mode;
    if (mode === 'probability' || mode === 'origin') return;
    for (let first = 0; first < this.tokens.length; first += chunk) {
      if (this.#closed || this.mode !== mode || !(await this.#inspect(first))) return;
    }
  }

  /** Whether the engine's view of the chunk from `first` on is there. */
  async #inspect(first: number): Promise<boolean> {
    if (this.#inspected[first]) return true;
    return this.#try(async () => {
      const found = await ask(this.#api, 'answer-inspect', { ...this.#answer, first, count: chunk });
      for (const token of found) this.#inspected[token.position] = token;
    });
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
