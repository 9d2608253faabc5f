import { SvelteMap } from 'svelte/reactivity';
import type { Conversation, ConversationSummary, Message } from '../../src-main/contract/history.ts';
import { selectedPath } from './message-tree.ts';

/** Drafts and choices of a conversation that isn't stored yet are kept under this name. */
export const unsaved = 'unsaved';

/** The conversation on the screen: its whole tree and the path through it that is shown. */
export class OpenConversation {
  id = $state.raw<string | null>(null);
  title = $state.raw('');
  systemPrompt = $state.raw('');
  messages = $state.raw<readonly Message[]>([]);
  readonly choices: SvelteMap<string | null, string>;
  readonly path = $derived.by(() => selectedPath(this.messages, this.choices));

  /** `choices` says which siblings were shown when the conversation was open before. */
  constructor(choices = new SvelteMap<string | null, string>()) {
    this.choices = choices;
  }

  get key(): string {
    return this.id ?? unsaved;
  }

  /** The last message shown, below which the next one goes; null in an empty conversation. */
  get leaf(): Message | null {
    return this.path.at(-1)?.message ?? null;
  }

  fill(conversation: Conversation): void {
    this.describe(conversation);
    this.messages = conversation.messages;
  }

  /** Takes on what the list says about the conversation. */
  describe(summary: ConversationSummary): void {
    this.id = summary.id;
    this.title = summary.title;
    this.systemPrompt = summary.systemPrompt;
  }

  /** Adds new messages and shows each of them instead of its siblings. */
  add(...added: readonly Message[]): void {
    this.messages = [...this.messages, ...added];
    for (const message of added) this.choices.set(message.parentId, message.id);
  }

  replace(message: Message): void {
    this.messages = this.messages.map((kept) => (kept.id === message.id ? message : kept));
  }

  /** Shows the sibling that stands `offset` places after `message`; at either end nothing happens. */
  showSibling(message: Message, offset: number): void {
    const step = this.path.find((candidate) => candidate.message.id === message.id);
    const sibling = step?.siblings[step.position + offset];
    if (sibling !== undefined) this.choices.set(message.parentId, sibling);
  }
}
