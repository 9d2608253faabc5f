import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../src-main/contract/api.ts';
import type { ConversationSummary, Message } from '../../src-main/contract/history.ts';
import { ask } from './ask.ts';
import { Engine } from './engine.svelte.ts';
import { Language } from './language.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { OpenConversation } from './open-conversation.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import type { Clock } from './running-answer.svelte.ts';
import { RunningAnswers } from './running-answers.svelte.ts';

export type View = 'write' | 'compare' | 'settings';

/** Everything that the window shows, and every action it offers. */
export class Workspace {
  readonly notices = new Notices();
  readonly engine: Engine;
  readonly preferences: Preferences;
  readonly language: Language;
  readonly answers: RunningAnswers;
  readonly drafts = new SvelteMap<string, string>();
  conversations = $state.raw<readonly ConversationSummary[]>([]);
  /** The one that isn't stored yet: what was set for it stays while others are looked at. */
  #unstored = new OpenConversation();
  conversation = $state.raw(this.#unstored);
  view = $state.raw<View>('write');
  /** True from the moment of sending until main has taken the message. */
  sending = $state.raw(false);
  loaded = $state.raw(false);
  /** Grows by one whenever the composer is to have the keyboard. */
  focusRequests = $state.raw(0);
  readonly #api: Api;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- the maps in it are reactive, it is not read by views
  readonly #choices = new Map<string, OpenConversation['choices']>();
  #opening = 0;

  constructor(api: Api, clock: Clock, systemLanguage = globalThis.navigator?.language ?? 'en') {
    this.#api = api;
    this.engine = new Engine(api, this.notices);
    this.preferences = new Preferences(api, this.notices);
    this.language = new Language(() => this.preferences.value.language, systemLanguage);
    this.answers = new RunningAnswers(clock);
  }

  /** The answer being written in the conversation on the screen. */
  get running() {
    return this.answers.inConversation(this.conversation.id);
  }

  get canAnswer(): boolean {
    return this.engine.ready && !this.answers.any && !this.sending;
  }

  /** Listens to main; the returned function stops listening. */
  listen(): () => void {
    const stops = [
      this.#api.on('answer-events', ({ messageId, events }) => this.answers.apply(messageId, events)),
      this.#api.on('answer-settled', ({ message }) => this.#settle(message)),
      this.#api.on('engine-status', (status) => (this.engine.status = status)),
      this.#api.on('conversations-changed', (list) => this.#list(list)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Reads everything once and shows the conversation that was used last. */
  async load(): Promise<void> {
    await Promise.all([
      this.notices.guard(() => this.preferences.load()),
      this.notices.guard(() => this.engine.load()),
      this.notices.guard(async () => this.#list(await ask(this.#api, 'conversations-list', undefined))),
      this.notices.guard(async () => {
        for (const message of await ask(this.#api, 'answers-running', undefined))
          this.answers.attach(message);
      }),
    ]);
    const newest = this.conversations[0];
    if (newest !== undefined && this.conversation.id === null && !this.drafts.has(this.conversation.key)) {
      await this.open(newest.id);
    }
    this.loaded = true;
  }

  startNew(): void {
    this.#opening += 1;
    this.view = 'write';
    this.focusRequests += 1;
    if (this.conversation.id !== null) this.conversation = this.#newConversation();
  }

  async open(id: string): Promise<void> {
    this.view = 'write';
    const turn = ++this.#opening;
    if (this.conversation.id === id) return;
    await this.notices.guard(async () => {
      const stored = await ask(this.#api, 'conversation-open', { id });
      if (turn !== this.#opening) return;
      const messages = stored.messages.map((message) => this.answers.latest(message));
      for (const message of messages) this.answers.attach(message);
      const conversation = new OpenConversation(this.#choicesOf(id));
      conversation.fill({ ...stored, messages });
      this.conversation = conversation;
    });
  }

  /** Sends `content` below the message shown last. Tells whether main has taken it. */
  async send(content: string): Promise<boolean> {
    if (!this.canAnswer || content.trim() === '') return false;
    const conversation = this.conversation;
    this.sending = true;
    const sent = await this.notices.guard(async () => {
      const conversationId = conversation.id ?? (await this.#store(conversation));
      const parentId = conversation.leaf?.id ?? null;
      const { strategy, maxTokens } = this.preferences.value;
      const argument = { conversationId, parentId, content, strategy, maxTokens };
      const { question, answer } = await ask(this.#api, 'answer-send', argument);
      this.answers.attach(answer);
      conversation.add(question, this.answers.latest(answer));
      this.notices.dismiss();
    });
    this.sending = false;
    return sent;
  }

  /** Starts another answer to the question `parentId`, beside those that are there. */
  async regenerate(parentId: string): Promise<void> {
    await this.#answerBeside((conversationId) => {
      const { strategy, maxTokens } = this.preferences.value;
      return ask(this.#api, 'answer-regenerate', { conversationId, parentId, strategy, maxTokens });
    });
  }

  /**
   * Starts another answer beside `messageId`, which begins with the first `keepTokens` of its tokens (null: with all
   * of it, but for an end token) and then, unless it is null, with `token`. Tells whether main has taken it.
   */
  async continueAnswer(messageId: string, keepTokens: number | null, token: number | null): Promise<boolean> {
    return this.#answerBeside((conversationId) => {
      const { strategy, maxTokens } = this.preferences.value;
      const place = { conversationId, messageId, keepTokens, token };
      return ask(this.#api, 'answer-continue', { ...place, strategy, maxTokens });
    });
  }

  async stop(): Promise<void> {
    const messageId = this.running?.messageId;
    if (messageId === undefined) return;
    await this.notices.guard(async () => {
      await ask(this.#api, 'answer-stop', { messageId });
    });
  }

  async rename(id: string, title: string): Promise<void> {
    const trimmed = title.trim().slice(0, 200);
    await this.notices.guard(async () => {
      await ask(this.#api, 'conversation-rename', { id, title: trimmed });
      this.#list(this.conversations.map((kept) => (kept.id === id ? { ...kept, title: trimmed } : kept)));
    });
  }

  async remove(id: string): Promise<void> {
    await this.notices.guard(async () => {
      await ask(this.#api, 'conversation-delete', { id });
      this.drafts.delete(id);
      this.#choices.delete(id);
      this.#list(this.conversations.filter((kept) => kept.id !== id));
    });
  }

  async setSystemPrompt(systemPrompt: string): Promise<void> {
    const conversation = this.conversation;
    if (conversation.systemPrompt === systemPrompt) return;
    conversation.systemPrompt = systemPrompt;
    const id = conversation.id;
    if (id === null) return;
    await this.notices.guard(async () => {
      await ask(this.#api, 'conversation-set-system-prompt', { id, systemPrompt });
    });
  }

  /** Puts `text` on the clipboard; tells whether it is there. */
  async copy(text: string): Promise<boolean> {
    return this.notices.guard(async () => {
      await ask(this.#api, 'clipboard-write', { text });
    });
  }

  /** Shows the answer that `start` begins in the conversation on the screen. */
  async #answerBeside(
    start: (conversationId: string) => Promise<{ readonly answer: Message }>,
  ): Promise<boolean> {
    const conversation = this.conversation;
    const conversationId = conversation.id;
    if (!this.canAnswer || conversationId === null) return false;
    this.sending = true;
    const started = await this.notices.guard(async () => {
      const { answer } = await start(conversationId);
      this.answers.attach(answer);
      conversation.add(this.answers.latest(answer));
      this.notices.dismiss();
    });
    this.sending = false;
    return started;
  }

  async #store(conversation: OpenConversation): Promise<string> {
    const { systemPrompt } = conversation;
    const summary = await ask(this.#api, 'conversation-create', { systemPrompt });
    const draft = this.drafts.get(conversation.key);
    this.drafts.delete(conversation.key);
    conversation.describe(summary);
    if (draft !== undefined) this.drafts.set(conversation.key, draft);
    this.#choices.set(summary.id, conversation.choices);
    return summary.id;
  }

  #settle(message: Message): void {
    this.answers.settle(message);
    if (message.conversationId === this.conversation.id) this.conversation.replace(message);
  }

  #list(list: readonly ConversationSummary[]): void {
    const kept = list.filter(({ deletedAt }) => deletedAt === null);
    this.conversations = kept.sort((one, other) => other.updatedAt - one.updatedAt);
    const id = this.conversation.id;
    if (id === null) return;
    const summary = kept.find((candidate) => candidate.id === id);
    if (summary !== undefined) this.conversation.title = summary.title;
    else if (this.loaded && !this.sending) this.conversation = this.#newConversation();
  }

  #newConversation(): OpenConversation {
    if (this.#unstored.id !== null) this.#unstored = new OpenConversation();
    return this.#unstored;
  }

  #choicesOf(id: string): OpenConversation['choices'] {
    const known = this.#choices.get(id);
    if (known !== undefined) return known;
    const fresh: OpenConversation['choices'] = new SvelteMap();
    this.#choices.set(id, fresh);
    return fresh;
  }
}
