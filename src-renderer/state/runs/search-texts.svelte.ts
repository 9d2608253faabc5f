import { SvelteMap } from 'svelte/reactivity';
import type { SearchResult } from '../../../src-main/contract/generation.ts';
import type { TraceEvent } from '../../../src-main/contract/run.ts';

/** Maximum number of answers whose other texts are retained. */
const maxAnswers = 20;

/** The other texts that searches found for answers of this session. */
export class SearchTexts {
  readonly #others = new SvelteMap<string, readonly SearchResult[]>();

  /** Takes the texts from the complete trace of the answer `messageId`; only once, as some may be removed since. */
  add(messageId: string, trace: readonly TraceEvent[]): void {
    if (this.#others.has(messageId)) return;
    const found = trace.find((event) => event.type === 'hypotheses');
    if (found === undefined || found.hypotheses.length < 2) return;
    this.#others.set(messageId, found.hypotheses.slice(1));
    const oldest = this.#others.keys().next();
    if (this.#others.size > maxAnswers && oldest.done !== true) this.#others.delete(oldest.value);
  }

  /** Best first, without the answer itself. */
  of(messageId: string): readonly SearchResult[] {
    return this.#others.get(messageId) ?? [];
  }

  /** Removes a text that was saved as an answer. */
  remove(messageId: string, text: string): void {
    this.#others.set(
      messageId,
      this.of(messageId).filter((other) => other.text !== text),
    );
  }
}
