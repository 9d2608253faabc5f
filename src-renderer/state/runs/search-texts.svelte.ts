import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import type { Message } from '../../../src-main/contract/conversation.ts';
import type { SearchResult } from '../../../src-main/contract/generation.ts';
import { searchResultsIn, type TraceEvent } from '../../../src-main/contract/run.ts';
import { withBest } from '../../../src-main/contract/strategy.ts';
import { ask } from '../shell/ask.ts';

/** Maximum number of answers whose texts are held; those of more are read again. */
const maxAnswers = 200;

/** A result of a search. */
export type SearchText = Pick<SearchResult, 'text' | 'logProbabilitySum'>;

/** The other texts that searches found for answers, as recorded with their runs. */
export class SearchTexts {
  readonly #results = new SvelteMap<string, readonly SearchText[]>();
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Takes the texts from the complete trace of the answer `messageId`. */
  add(messageId: string, trace: readonly TraceEvent[]): void {
    this.#hold(messageId, searchResultsIn(trace));
  }

  /** Reads the texts of an answer that has ended, unless they are held. */
  async load(answer: Message): Promise<void> {
    const { id: messageId, conversationId, run, status } = answer;
    if (run === null || status === 'streaming' || this.#results.has(messageId)) return;
    if (withBest(run.strategy, 1) === undefined) return;
    // An answer is complete without its other texts: they are read again when it is shown again.
    const results = await ask(this.#api, 'answer-search-results', { conversationId, messageId }).catch(
      () => undefined,
    );
    if (results !== undefined) this.#hold(messageId, results);
  }

  /**
   * The other texts of an answer, best first, without those that were saved as a version of it.
   * @param siblings the answers to the same question
   */
  of({ id, content }: Pick<Message, 'id' | 'content'>, siblings: readonly Message[]): readonly SearchText[] {
    const [best, ...others] = this.#results.get(id) ?? [];
    if (best === undefined) return [];
    // A search that continues an answer finds what follows its prefix.
    const prefix = content.endsWith(best.text) ? content.slice(0, content.length - best.text.length) : '';
    return others
      .map((other) => ({ ...other, text: prefix + other.text }))
      .filter(
        ({ text }) => !siblings.some(({ sourceId, content: saved }) => sourceId === id && saved === text),
      );
  }

  #hold(messageId: string, results: readonly SearchResult[]): void {
    if (results.length < 2) return;
    const texts = results.map(({ text, logProbabilitySum }) => ({ text, logProbabilitySum }));
    this.#results.set(messageId, texts);
    const oldest = this.#results.keys().next();
    if (this.#results.size > maxAnswers && oldest.done !== true) this.#results.delete(oldest.value);
  }
}
