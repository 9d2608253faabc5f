import type { Api } from '../../../src-main/contract/api.ts';
import { splitAttachments } from '../../../src-main/contract/attachment.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Messages sent before, newest first, and the position while browsing them. */
export class PromptHistory {
  readonly #api: Api;
  readonly #notices: Notices;
  #earlier: readonly string[] = [];
  /** Place of what is shown; -1 while that is what is being typed. */
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

  /** Takes what is sent among them. Files aren't part of it. */
  add(content: string): void {
    this.#earlier = distinct([content, ...this.#earlier]);
    this.leave();
  }

  /** The message before the one that is shown; undefined where there is none. @param typed what stands there now */
  older(typed: string): string | undefined {
    const next = this.#earlier[this.#at + 1];
    if (next === undefined) return undefined;
    if (this.#at === -1) this.#typed = typed;
    this.#at += 1;
    return next;
  }

  /** The message after the one that is shown, at last what had been typed; undefined where that is shown. */
  newer(): string | undefined {
    if (this.#at === -1) return undefined;
    this.#at -= 1;
    return this.#at === -1 ? this.#typed : this.#earlier[this.#at];
  }

  /** What is shown is what is being typed from now on. */
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
