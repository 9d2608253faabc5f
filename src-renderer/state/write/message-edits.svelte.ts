import type { Message } from '../../../src-main/contract/conversation.ts';
import type { Drafts } from './drafts.svelte.ts';
import type { UndoSlot } from './undo-slot.svelte.ts';

/** What an edited text can become. */
export interface EditOutcomes {
  /** Stores the text as a sibling of the question `message` and answers it; returns whether main accepted it. */
  readonly askInstead: (message: Message, content: string) => Promise<boolean>;
  /** Stores the text as a sibling of the answer `message`; undefined if main rejected it. */
  readonly saveAnswer: (message: Message, content: string) => Promise<Message | undefined>;
  /** Has the model continue an answer; returns whether main accepted it. */
  readonly continueAnswer: (messageId: string) => Promise<boolean>;
}

/** Messages being edited. The edited text is a draft, stored like any other. */
export class MessageEdits {
  readonly #drafts: Drafts;
  readonly #undo: UndoSlot;
  readonly #outcomes: EditOutcomes;
  /** The message whose field takes the focus when it appears. */
  #focused: string | null = null;

  constructor(drafts: Drafts, undo: UndoSlot, outcomes: EditOutcomes) {
    this.#drafts = drafts;
    this.#undo = undo;
    this.#outcomes = outcomes;
  }

  /** The edited text; undefined while the message isn't being edited. */
  textOf({ conversationId, id }: Message): string | undefined {
    return this.#drafts.at({ conversationId, messageId: id })?.text;
  }

  begin(message: Message): void {
    if (this.textOf(message) === undefined) this.#drafts.show(draftOf(message, message.content));
    this.#focused = message.id;
  }

  /** Whether the field of `message` should take the focus; true once for each `begin`. */
  takeFocus({ id }: Message): boolean {
    const focused = this.#focused === id;
    if (focused) this.#focused = null;
    return focused;
  }

  change(message: Message, text: string): void {
    this.#drafts.write(draftOf(message, text));
  }

  /** Discards the edit, which can be undone. */
  cancel(message: Message): void {
    const text = this.textOf(message);
    this.#drafts.discard(draftOf(message, ''));
    if (text === undefined || text === message.content) return;
    this.#undo.set({ kind: 'discarded', title: text, undo: () => this.change(message, text) });
  }

  /** Stores the edited text as a new version: a question is answered, an answer stays as edited. */
  async finish(message: Message): Promise<boolean> {
    const text = this.textOf(message) ?? '';
    const { askInstead, saveAnswer } = this.#outcomes;
    const done =
      message.role === 'user'
        ? await askInstead(message, text)
        : (await saveAnswer(message, text)) !== undefined;
    if (done) this.#close(message, text);
    return done;
  }

  /** Stores the edited answer as a new version and has the model continue it. */
  async finishAndContinue(message: Message): Promise<boolean> {
    const text = this.textOf(message) ?? '';
    const edited = await this.#outcomes.saveAnswer(message, text);
    if (edited === undefined) return false;
    this.#close(message, text);
    return this.#outcomes.continueAnswer(edited.id);
  }

  /** Ends the edit, unless the text was changed while main stored it. */
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
