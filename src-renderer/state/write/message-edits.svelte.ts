import type { Message } from '../../../src-main/contract/conversation.ts';
import type { Drafts } from './drafts.svelte.ts';
import type { LastDeed } from '../shell/undo-slot.svelte.ts';

/** What is done with a text that was edited; each tells whether main has taken it. */
export interface EditOutcomes {
  /** Asks again: keeps the text as a question beside `message`, and answers it. */
  readonly askInstead: (message: Message, content: string) => Promise<boolean>;
  /** Keeps the text as an answer beside `message`; undefined if it couldn't be kept. */
  readonly keepAnswer: (message: Message, content: string) => Promise<Message | undefined>;
  /** Lets the model go on from the end of an answer. */
  readonly continueAnswer: (messageId: string) => Promise<boolean>;
}

/** Messages whose text is being changed. The text is a draft: it is as safe as what is typed elsewhere. */
export class MessageEdits {
  readonly #drafts: Drafts;
  readonly #deeds: LastDeed;
  readonly #outcomes: EditOutcomes;
  /** The message whose field is to have the keyboard as soon as it is there. */
  #begun: string | null = null;

  constructor(drafts: Drafts, deeds: LastDeed, outcomes: EditOutcomes) {
    this.#drafts = drafts;
    this.#deeds = deeds;
    this.#outcomes = outcomes;
  }

  /** The text as it stands; undefined while the message isn't edited. */
  textOf({ conversationId, id }: Message): string | undefined {
    return this.#drafts.at({ conversationId, messageId: id })?.text;
  }

  begin(message: Message): void {
    if (this.textOf(message) === undefined) this.#drafts.show(draftOf(message, message.content));
    this.#begun = message.id;
  }

  /** Whether the field of `message` is to have the keyboard; true once for each time it was begun. */
  takeFocus({ id }: Message): boolean {
    const taken = this.#begun === id;
    if (taken) this.#begun = null;
    return taken;
  }

  change(message: Message, text: string): void {
    this.#drafts.write(draftOf(message, text));
  }

  /** Leaves the message as it is; what was typed can be brought back. */
  leave(message: Message): void {
    const text = this.textOf(message);
    this.#drafts.discard(draftOf(message, ''));
    if (text === undefined || text === message.content) return;
    this.#deeds.done({ kind: 'discarded', title: text, undo: () => this.change(message, text) });
  }

  /** Keeps the edited text as a new version: a question is answered anew, an answer stays as it was written. */
  async finish(message: Message): Promise<boolean> {
    const text = this.textOf(message) ?? '';
    const { askInstead, keepAnswer } = this.#outcomes;
    const done =
      message.role === 'user'
        ? await askInstead(message, text)
        : (await keepAnswer(message, text)) !== undefined;
    if (done) this.#close(message, text);
    return done;
  }

  /** Keeps the edited answer as a new version, and lets the model go on from its end. */
  async finishAndContinue(message: Message): Promise<boolean> {
    const text = this.textOf(message) ?? '';
    const edited = await this.#outcomes.keepAnswer(message, text);
    if (edited === undefined) return false;
    this.#close(message, text);
    return this.#outcomes.continueAnswer(edited.id);
  }

  /** What was typed while main kept the text stays. */
  #close(message: Message, text: string): void {
    if (this.textOf(message) === text) this.#drafts.discard(draftOf(message, ''));
  }
}

const draftOf = ({ conversationId, id }: Message, text: string) => ({
  conversationId,
  messageId: id,
  text,
  branch: null,
});
