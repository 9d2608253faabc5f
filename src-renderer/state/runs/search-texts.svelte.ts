import { SvelteMap } from 'svelte/reactivity';
import type { GenerationEvent, SearchResult } from '../../../src-main/contract/generation.ts';

/** Most answers whose other texts are held; those of older ones are let go. */
const mostAnswers = 20;

/** The texts that searches found beside their answers. They aren't kept: they last as long as the window. */
export class SearchTexts {
  readonly #others = new SvelteMap<string, readonly SearchResult[]>();

  /** Takes them from the events of the answer `messageId`. */
  apply(messageId: string, events: readonly GenerationEvent[]): void {
    const found = events.find((event) => event.type === 'hypotheses');
    if (found === undefined || found.hypotheses.length < 2) return;
    this.#others.set(messageId, found.hypotheses.slice(1));
    const oldest = this.#others.keys().next();
    if (this.#others.size > mostAnswers && oldest.done !== true) this.#others.delete(oldest.value);
  }

  /** Best first, without the answer itself. */
  beside(messageId: string): readonly SearchResult[] {
    return this.#others.get(messageId) ?? [];
  }

  /** A text that was made an answer of its own is no longer among the others. */
  take(messageId: string, text: string): void {
    this.#others.set(
      messageId,
      this.beside(messageId).filter((other) => other.text !== text),
    );
  }
}
