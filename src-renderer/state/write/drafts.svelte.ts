import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import type { Draft, DraftPlace } from '../../../src-main/contract/conversation.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** How long what is typed may wait until main is asked to keep it, in milliseconds. */
const keptWithinMs = 400;

const keyOf = ({ conversationId, messageId }: DraftPlace) => `${conversationId ?? ''}/${messageId ?? ''}`;

/** What is typed and not sent, wherever it is typed. Shown at once, kept by main soon after. */
export class Drafts {
  readonly #drafts = new SvelteMap<string, Draft>();
  /** What main hasn't been told yet. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  readonly #untold = new Map<string, Draft>();
  readonly #api: Api;
  readonly #notices: Notices;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /** Reads what was kept; what has been typed meanwhile stays. */
  async load(): Promise<void> {
    for (const draft of await ask(this.#api, 'drafts-list', undefined)) {
      const key = keyOf(draft);
      if (!this.#drafts.has(key) && !this.#untold.has(key)) this.#drafts.set(key, draft);
    }
  }

  at(place: DraftPlace): Draft | undefined {
    return this.#drafts.get(keyOf(place));
  }

  /** All of one conversation, what was changed last at the end. */
  in(conversationId: string): readonly Draft[] {
    return [...this.#drafts.values()].filter((draft) => draft.conversationId === conversationId);
  }

  /** Whether something waits in the conversation to be sent. */
  waits(conversationId: string): boolean {
    return (this.at({ conversationId, messageId: null })?.text ?? '').trim() !== '';
  }

  write(draft: Draft): void {
    this.show(draft);
    this.#remember(draft);
    this.#timer ??= setTimeout(() => void this.flush(), keptWithinMs);
  }

  /** Shows a draft that isn't worth keeping yet. */
  show(draft: Draft): void {
    const key = keyOf(draft);
    // So that the one that was changed last is the last one.
    this.#drafts.delete(key);
    this.#drafts.set(key, draft);
  }

  /** Leaves nothing at `place`, from this moment on. */
  discard({ conversationId, messageId }: DraftPlace): void {
    const place = { conversationId, messageId };
    this.#drafts.delete(keyOf(place));
    this.#remember({ ...place, text: '', branch: null });
    void this.flush();
  }

  /** What was typed for a conversation that wasn't kept yet belongs to `conversationId`. */
  adopt(conversationId: string): void {
    const draft = this.at({ conversationId: null, messageId: null });
    if (draft === undefined) return;
    this.write({ ...draft, conversationId });
    this.discard(draft);
  }

  /** Tells main whatever it doesn't know yet. What fails is told with the next change again. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const drafts = [...this.#untold.values()];
    this.#untold.clear();
    await Promise.all(drafts.map((draft) => this.#tell(draft)));
  }

  /** Main is told in the order of the changes: a text that moves is kept where it goes before it is gone. */
  #remember(draft: Draft): void {
    const key = keyOf(draft);
    this.#untold.delete(key);
    this.#untold.set(key, draft);
  }

  async #tell(draft: Draft): Promise<void> {
    const told = await this.#notices.guard(async () => {
      await ask(this.#api, 'draft-write', draft);
    });
    const key = keyOf(draft);
    if (!told && !this.#untold.has(key)) this.#untold.set(key, draft);
  }
}
