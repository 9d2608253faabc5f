import type { Api } from '../../../src-main/contract/api.ts';
import type { Comparison } from '../../../src-main/contract/comparison.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import { titleWithin } from '../shell/title.ts';

/** The other parts of the window that a text can be taken to. */
export interface TakeOverTargets {
  /** Whether an answer could start now. */
  readonly canAnswer: () => boolean;
  readonly openConversation: (id: string) => Promise<void>;
  /** Continues the last answer of the conversation shown. */
  readonly continueAnswer: () => Promise<void>;
  readonly openDocument: (id: string) => Promise<void>;
}

/** Takes a text of a comparison to a place to continue it: a chat to a conversation, a raw prompt to a document. */
export class TakeOver {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #targets: TakeOverTargets;

  constructor(api: Api, notices: Notices, targets: TakeOverTargets) {
    this.#api = api;
    this.#notices = notices;
    this.#targets = targets;
  }

  get canContinue(): boolean {
    return this.#targets.canAnswer();
  }

  /** Shows a conversation. */
  async openConversation(id: string): Promise<void> {
    await this.#targets.openConversation(id);
  }

  /** Creates and opens the conversation or document; returns whether that succeeded. */
  async open(comparison: Comparison, text: string): Promise<boolean> {
    const { name, prompt, raw, systemPrompt, earlier = [] } = comparison;
    return this.#notices.guard(async () => {
      if (raw) {
        const document = { title: titleWithin(name), text: prompt + text };
        await this.#targets.openDocument((await ask(this.#api, 'document-create', document)).id);
      } else {
        const before = earlier.length === 0 ? {} : { earlier: [...earlier] };
        const conversation = { systemPrompt, ...before, question: prompt, answer: text };
        const { id } = await ask(this.#api, 'conversation-begin', conversation);
        await this.#targets.openConversation(id);
      }
    });
  }

  /** As `open` for a chat, and has the model continue the answer. */
  async openAndContinue(comparison: Comparison, text: string): Promise<void> {
    if (await this.open(comparison, text)) await this.#targets.continueAnswer();
  }
}
