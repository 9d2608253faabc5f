import { SvelteMap } from 'svelte/reactivity';
import type { AnswerSettings } from '../../../src-main/contract/answer-settings.ts';
import type {
  Conversation,
  ConversationSummary,
  Message,
  NewConversation,
} from '../../../src-main/contract/conversation.ts';
import type { Settings } from '../../../src-main/contract/settings.ts';
import type { Drafts } from './drafts.svelte.ts';
import type { Example } from './examples.ts';
import { selectedPath } from './message-tree.ts';

/** The user's settings that a new conversation starts with. */
export type ConversationDefaults = AnswerSettings & Pick<Settings, 'systemPrompt'>;

type Chosen = (conversationId: string, messageIds: readonly string[]) => void;

/** The open conversation: its whole tree, and the path shown. */
export class OpenConversation {
  /** null until it is stored. */
  id = $state.raw<string | null>(null);
  title = $state.raw('');
  /** The example that it started with, until its note is dismissed. */
  example = $state.raw<Example | null>(null);
  messages = $state.raw<readonly Message[]>([]);
  readonly choices: SvelteMap<string | null, string>;
  #own = $state.raw<NewConversation>({ systemPrompt: null, settings: null });
  readonly #drafts: Drafts;
  readonly #defaults: () => ConversationDefaults;
  readonly #chosen: Chosen;
  readonly draft = $derived.by(() => this.#drafts.at({ conversationId: this.id, messageId: null }));
  /** The message below which the next one starts a new branch; undefined if it follows the shown path. */
  readonly branchedFrom = $derived(this.draft?.branch?.parentId);
  readonly #whole = $derived.by(() => selectedPath(this.messages, this.choices));
  /** The path that the next message follows, truncated at a new branch. */
  readonly path = $derived.by(() => {
    const at = this.#whole.findIndex(({ message }) => message.id === this.branchedFrom);
    return at === -1 ? this.#whole : this.#whole.slice(0, at + 1);
  });

  /**
   * @param defaults what applies until something else is set
   * @param chosen called with messages selected instead of their siblings
   * @param choices the siblings selected when the conversation was last open
   */
  constructor(
    drafts: Drafts,
    defaults: () => ConversationDefaults,
    chosen: Chosen,
    choices = new SvelteMap<string | null, string>(),
  ) {
    this.#drafts = drafts;
    this.#defaults = defaults;
    this.#chosen = chosen;
    this.choices = choices;
  }

  get systemPrompt(): string {
    return this.#own.systemPrompt ?? this.#defaults().systemPrompt;
  }

  /** How its answers are generated. */
  get settings(): AnswerSettings {
    if (this.#own.settings !== null) return this.#own.settings;
    const { strategy, versions, maxTokens } = this.#defaults();
    return { strategy, versions, maxTokens };
  }

  /** What was set for it; complete once it is stored. */
  get own(): NewConversation {
    return this.#own;
  }

  set(part: Partial<NewConversation>): void {
    this.#own = { ...this.#own, ...part };
  }

  /** The last message shown, below which the next one goes; null in an empty conversation. */
  get leaf(): Message | null {
    return this.path.at(-1)?.message ?? null;
  }

  /** How many messages of the shown path a new branch leaves aside; 0 if there is none. */
  get leftAside(): number {
    return this.#whole.length - this.path.length;
  }

  /** Fills in the stored messages; of siblings, those selected last are shown. */
  fill(conversation: Conversation): void {
    this.describe(conversation);
    this.set({ settings: conversation.settings });
    this.messages = conversation.messages;
    if (this.choices.size > 0) return;
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read here only
    const shown = new Set(conversation.shown);
    for (const { id, parentId } of conversation.messages) if (shown.has(id)) this.choices.set(parentId, id);
  }

  /** Updates what the list says about the conversation. */
  describe(summary: ConversationSummary): void {
    this.id = summary.id;
    this.title = summary.title;
    this.set({ systemPrompt: summary.systemPrompt });
  }

  /** Adds new messages and shows each of them instead of its siblings. */
  add(...added: readonly Message[]): void {
    this.messages = [...this.messages, ...added];
    for (const message of added) this.choices.set(message.parentId, message.id);
  }

  replace(message: Message): void {
    this.messages = this.messages.map((kept) => (kept.id === message.id ? message : kept));
  }

  /** Shows the sibling `offset` places after `message`; at either end nothing happens. */
  showSibling(message: Message, offset: number): void {
    const step = this.path.find((candidate) => candidate.message.id === message.id);
    const sibling = step?.siblings[step.position + offset];
    if (sibling !== undefined) this.show(sibling);
  }

  /** Shows a path that leads through the message `id`; if there is none, nothing happens. */
  show(id: string): void {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read here only
    const byId = new Map(this.messages.map((message) => [message.id, message]));
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read here only
    const seen = new Set(this.#whole.map(({ message }) => message.id));
    const chosen: string[] = [];
    let message = byId.get(id);
    while (message !== undefined) {
      if (!seen.has(message.id)) chosen.push(message.id);
      this.choices.set(message.parentId, message.id);
      message = message.parentId === null ? undefined : byId.get(message.parentId);
    }
    if (this.id !== null && chosen.length > 0) this.#chosen(this.id, chosen);
  }

  /** Stores `text` as the draft of the next message. */
  type(text: string): void {
    const branch = this.draft?.branch ?? null;
    this.#drafts.write({ conversationId: this.id, messageId: null, text, branch });
  }

  /** Makes the next message start a new branch below the message `parentId`. */
  branchFrom(parentId: string): void {
    this.show(parentId);
    const text = this.draft?.text ?? '';
    this.#drafts.write({ conversationId: this.id, messageId: null, text, branch: { parentId } });
  }

  /** Makes the next message follow the last one shown. */
  leaveBranch(): void {
    const text = this.draft?.text ?? '';
    this.#drafts.write({ conversationId: this.id, messageId: null, text, branch: null });
  }

  /** Clears the typed text after it was sent, unless it was changed meanwhile. */
  sent(text: string): void {
    const place = { conversationId: this.id, messageId: null };
    if (this.draft?.text === text) this.#drafts.discard(place);
    else if (this.draft !== undefined) this.leaveBranch();
  }
}
