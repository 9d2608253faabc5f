import type { Api } from '../../../src-main/contract/api.ts';
import type { RequestArgument } from '../../../src-main/contract/requests.ts';
import { ask } from '../shell/ask.ts';

/** A message that might be sent, and where. */
export type PlannedQuestion = RequestArgument<'prompt-count'>;

/** Pause in typing before the tokens are counted, in milliseconds. */
const pauseMs = 250;

/** How much of the model's context would be filled if what is typed were sent; counted by the engine, exact. */
export class ContextMeter {
  /** null while it isn't known. */
  tokens = $state.raw<number | null>(null);
  /** The prompt fills the context several times, so that its tokens weren't all counted. */
  beyond = $state.raw(false);
  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** What is counted next; only one text is counted at a time. */
  #planned: PlannedQuestion | undefined;
  #counting = false;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Counts `question` after a pause in typing. */
  plan(question: PlannedQuestion): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#planned = question;
    this.#timer = setTimeout(() => void this.#countPlanned(), pauseMs);
  }

  /** Nothing is known any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#planned = undefined;
    this.tokens = null;
    this.beyond = false;
  }

  async #countPlanned(): Promise<void> {
    if (this.#counting) return;
    this.#counting = true;
    while (this.#planned) {
      const question = this.#planned;
      this.#planned = undefined;
      await this.#count(question, this.#turn);
    }
    this.#counting = false;
  }

  async #count(question: PlannedQuestion, turn: number): Promise<void> {
    // Unknown while it can't be counted, for example while the engine restarts.
    const tokens = await ask(this.#api, 'prompt-count', question).catch(() => undefined);
    if (turn !== this.#turn) return;
    this.tokens = tokens ?? null;
    this.beyond = tokens === null;
  }
}

/** Whether a prompt fits, with room for an answer. */
export type Fit =
  | { readonly kind: 'fits' }
  /** The answer will have less room than it may take; it ends where the context does. */
  | { readonly kind: 'tight'; readonly room: number }
  /** The model refuses it: `excess` tokens too many; null if uncounted. */
  | { readonly kind: 'over'; readonly excess: number | null };

/** Share of the context from which on the room for the answer is worth a word. */
const nearlyFull = 0.75;

/** @param maxTokens the longest answer */
export function fitOf(
  { tokens, beyond }: Pick<ContextMeter, 'tokens' | 'beyond'>,
  contextLength: number,
  maxTokens: number,
): Fit {
  if (beyond) return { kind: 'over', excess: null };
  if (tokens === null) return { kind: 'fits' };
  const room = contextLength - tokens;
  // An answer needs at least one token.
  if (room < 1) return { kind: 'over', excess: 1 - room };
  return tokens > contextLength * nearlyFull && room < maxTokens ? { kind: 'tight', room } : { kind: 'fits' };
}
