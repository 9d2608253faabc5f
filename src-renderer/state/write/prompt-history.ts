import type { Api } from '../../../src-main/contract/api.ts';
import { splitAttachments } from '../../../src-main/contract/attachment.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Messages sent before, newest first, and the position while browsing them. */
export class PromptHistory {
  readonly #api: Api;
  readonly #notices: Notices;
  #earlier: readonly string[] = [];
  /** Index of the message shown; -1 while it is the typed text. */
  #at = -1;
  #typed = '';

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.#earlier = distinct(await ask(this.#api, 'questions-recent', undefined));
    });
  }

  /** Whether an earlier message is shown. */
  get browsing(): boolean {
    return this.#at >= 0;
  }

  /** Adds a sent message, without its files. */
  add(content: string): void {
    this.#earlier = distinct([content, ...this.#earlier]);
    this.leave();
  }

  /** The message before the one shown; undefined if there is none. @param typed the current text of the field */
  older(typed: string): string | undefined {
    const next = this.#earlier[this.#at + 1];
    if (next === undefined) return undefined;
    if (this.#at === -1) this.#typed = typed;
    this.#at += 1;
    return next;
  }

  /** The message after the one shown, and finally the typed text; undefined if that is shown. */
  newer(): string | undefined {
    if (this.#at === -1) return undefined;
    this.#at -= 1;
    return this.#at === -1 ? this.#typed : this.#earlier[this.#at];
  }

  /** Stops browsing: the text shown becomes the typed text. */
  leave(): void {
    this.#at = -1;
  }
}

function distinct(contents: readonly string[]): readonly string[] {
  const typed = contents
    .map((content) => splitAttachments(content).typed)
    .filter((text) => text.trim() !== '');
  return [...new Set(typed)];
}
