import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import type { Draft, DraftPlace } from '../../../src-main/contract/conversation.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Maximum time until a change is sent to main, in milliseconds. */
const keptWithinMs = 400;
/** Pause before a failed save is retried, in milliseconds. */
const retryMs = 2000;

const keyOf = ({ conversationId, messageId }: DraftPlace) => `${conversationId ?? ''}/${messageId ?? ''}`;

/** Unsent text, by field. Shown at once, stored by main soon after. */
export class Drafts {
  readonly #drafts = new SvelteMap<string, Draft>();
  /** Drafts not stored by main yet. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  readonly #unsaved = new Map<string, Draft>();
  readonly #api: Api;
  readonly #notices: Notices;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** All saves that were sent. */
  #saving: Promise<unknown> = Promise.resolve();
  /** Whether the last save failed, which was shown. */
  #failing = false;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /** Reads the stored drafts; those typed meanwhile stay. */
  async load(): Promise<void> {
    for (const draft of await ask(this.#api, 'drafts-list', undefined)) {
      const key = keyOf(draft);
      if (!this.#drafts.has(key) && !this.#unsaved.has(key)) this.#drafts.set(key, draft);
    }
  }

  at(place: DraftPlace): Draft | undefined {
    return this.#drafts.get(keyOf(place));
  }

  /** The drafts of a conversation, last changed last. */
  in(conversationId: string): readonly Draft[] {
    return [...this.#drafts.values()].filter((draft) => draft.conversationId === conversationId);
  }

  /** Those that main hasn't stored. */
  get unsaved(): readonly Draft[] {
    return [...this.#unsaved.values()].filter(({ text }) => text.trim() !== '');
  }

  /** Whether the conversation has an unsent message. */
  waits(conversationId: string): boolean {
    return (this.at({ conversationId, messageId: null })?.text ?? '').trim() !== '';
  }

  write(draft: Draft): void {
    this.show(draft);
    this.#remember(draft);
    this.#timer ??= setTimeout(() => void this.flush(), keptWithinMs);
  }

  /** Shows a draft without storing it. */
  show(draft: Draft): void {
    const key = keyOf(draft);
    // Maps keep insertion order: the draft changed last comes last.
    this.#drafts.delete(key);
    this.#drafts.set(key, draft);
  }

  /** Removes the draft at `place`. */
  discard({ conversationId, messageId }: DraftPlace): void {
    const place = { conversationId, messageId };
    this.#drafts.delete(keyOf(place));
    this.#remember({ ...place, text: '', branch: null });
    void this.flush();
  }

  /** Moves the draft of the unstored conversation to `conversationId`. */
  adopt(conversationId: string): void {
    const draft = this.at({ conversationId: null, messageId: null });
    if (draft === undefined) return;
    this.write({ ...draft, conversationId });
    this.discard(draft);
  }

  /** Sends unsaved drafts to main. One that fails is sent again after a while or with the next change. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const drafts = [...this.#unsaved.values()];
    this.#unsaved.clear();
    this.#saving = Promise.all([this.#saving, ...drafts.map((draft) => this.#save(draft))]);
    await this.#saving;
  }

  /** Changes are sent in order: a text that moves is stored in its new place before it leaves the old one. */
  #remember(draft: Draft): void {
    const key = keyOf(draft);
    this.#unsaved.delete(key);
    this.#unsaved.set(key, draft);
  }

  async #save(draft: Draft): Promise<void> {
    try {
      await ask(this.#api, 'draft-write', draft);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#notices.show(error);
      this.#failing = true;
      const key = keyOf(draft);
      if (!this.#unsaved.has(key)) this.#unsaved.set(key, draft);
      this.#timer ??= setTimeout(() => void this.flush(), retryMs);
    }
  }
}
