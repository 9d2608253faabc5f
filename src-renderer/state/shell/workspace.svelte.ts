import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import type { ConversationSummary, Message } from '../../../src-main/contract/conversation.ts';
import { answerWith } from '../../../src-main/contract/conversation.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { ConversationSettings } from '../write/answer-settings.svelte.ts';
import { Answering } from '../write/answering.svelte.ts';
import { ask } from './ask.ts';
import { MessageAttachments } from '../write/attachments/message-attachments.svelte.ts';
import { ContextMeter } from '../write/context-meter.svelte.ts';
import { Drafts } from '../write/drafts.svelte.ts';
import { Engine } from './engine.svelte.ts';
import { Language } from './language.svelte.ts';
import { LastDeed } from './undo-slot.svelte.ts';
import { MessageEdits } from '../write/message-edits.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { OpenLens } from '../runs/open-lens.svelte.ts';
import { OpenConversation } from '../write/open-conversation.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import type { Clock } from '../runs/running-answer.svelte.ts';
import { Presets } from '../write/presets.svelte.ts';
import { PromptHistory } from '../write/prompt-history.ts';
import { RunningAnswers } from '../runs/running-answers.svelte.ts';
import { SearchTexts } from '../runs/search-texts.svelte.ts';
import { Shelf } from '../write/conversation-list.svelte.ts';

export type View = 'write' | 'compare' | 'settings';

/** Everything that the window shows, and every action it offers. */
export class Workspace {
  readonly notices = new Notices();
  readonly attachments = new MessageAttachments();
  readonly prompts: PromptHistory;
  readonly presets: Presets;
  readonly engine: Engine;
  readonly preferences: Preferences;
  readonly language: Language;
  readonly answers: RunningAnswers;
  readonly answering: Answering;
  readonly settings: ConversationSettings;
  readonly searched = new SearchTexts();
  readonly meter: ContextMeter;
  readonly drafts: Drafts;
  readonly deeds = new LastDeed();
  readonly shelf: Shelf;
  readonly edits: MessageEdits;
  readonly lens: OpenLens;
  /** The one that isn't stored yet: what was set for it stays while others are looked at. */
  #unstored: OpenConversation;
  conversation: OpenConversation;
  view = $state.raw<View>('write');
  loaded = $state.raw(false);
  /** What of the conversation on the screen is asked for from elsewhere, until it is there. */
  asked = $state.raw<'outline' | 'rename' | null>(null);
  /** Grows by one whenever the composer is to have the keyboard. */
  focusRequests = $state.raw(0);
  readonly #api: Api;
  readonly #keepShown = (id: string, messageIds: readonly string[]) =>
    void this.notices.guard(async () => {
      await ask(this.#api, 'conversation-show', { id, messageIds: [...messageIds] });
    });
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- the maps in it are reactive, it is not read by views
  readonly #choices = new Map<string, OpenConversation['choices']>();
  #opening = 0;

  constructor(api: Api, clock: Clock, systemLanguage = globalThis.navigator?.language ?? 'en') {
    this.#api = api;
    const { notices } = this;
    this.engine = new Engine(api, notices);
    this.preferences = new Preferences(api, notices);
    this.language = new Language(() => this.preferences.value.language, systemLanguage);
    this.answers = new RunningAnswers(clock);
    this.prompts = new PromptHistory(api, this.notices);
    this.presets = new Presets(api, this.notices);
    this.meter = new ContextMeter(api);
    this.settings = new ConversationSettings(this.preferences);
    const { engine, settings, answers } = this;
    const store = (conversation: OpenConversation) => this.#store(conversation);
    this.answering = new Answering(api, { notices, engine, settings, answers, store });
    this.drafts = new Drafts(api, this.notices);
    this.lens = new OpenLens(api);
    this.shelf = new Shelf(api, this.notices, this.deeds, () => this.#follow());
    this.edits = new MessageEdits(this.drafts, this.deeds, {
      askInstead: ({ parentId }, content) => this.answering.ask(this.conversation, parentId, content),
      keepAnswer: ({ id }, content) => this.answering.keepAnswer(this.conversation, id, content),
      continueAnswer: (id) => this.continueAnswer(id, null, null),
    });
    this.#unstored = this.#emptyConversation();
    this.conversation = $state.raw(this.#unstored);
  }

  /** Conversations that are neither deleted nor put away, last changed first. */
  get conversations(): readonly ConversationSummary[] {
    return this.shelf.inUse;
  }

  /** The answer being written in the conversation on the screen. */
  get running() {
    return this.answers.inConversation(this.conversation.id);
  }

  /** Whether an answer could begin now. */
  get canAnswer(): boolean {
    return this.answering.possible;
  }

  /** Listens to main; the returned function stops listening. */
  listen(): () => void {
    const stops = [
      this.#api.on('run-events', ({ runId, events }) => {
        const answer = this.answers.ofRun(runId);
        answer?.apply(events);
        if (answer !== undefined) this.searched.apply(answer.messageId, events);
      }),
      this.#api.on('run-changed', ({ run }) => this.#changeRun(run)),
      this.#api.on('engine-status', (status) => (this.engine.status = status)),
      this.#api.on('conversations-changed', (list) => this.shelf.take(list)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Reads everything once and shows the conversation that was used last. */
  async load(): Promise<void> {
    await Promise.all([
      this.notices.guard(() => this.preferences.load()),
      this.notices.guard(() => this.engine.load()),
      this.notices.guard(() => this.shelf.load()),
      this.notices.guard(() => this.drafts.load()),
      this.prompts.load(),
      this.presets.load(),
      this.notices.guard(async () => {
        for (const message of await ask(this.#api, 'answers-running', undefined))
          this.answers.attach(message);
      }),
    ]);
    const newest = this.conversations[0];
    const { id, draft } = this.conversation;
    if (newest !== undefined && id === null && (draft?.text ?? '') === '') await this.open(newest.id);
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
      const seen = this.#choices.has(id);
      const conversation = new OpenConversation(this.drafts, this.#keepShown, this.#choicesOf(id));
      conversation.fill({ ...stored, messages });
      if (!seen) this.#showWhatIsTyped(conversation);
      this.conversation = conversation;
    });
  }

  /** Sends `content` below the message shown last. Tells whether main has taken it. */
  async send(content: string): Promise<boolean> {
    return this.answering.ask(this.conversation, this.conversation.leaf?.id ?? null, content);
  }

  /** As `Answering.regenerate`, in the conversation on the screen. */
  async regenerate(parentId: string): Promise<boolean> {
    return this.answering.regenerate(this.conversation, parentId);
  }

  /** As `Answering.continue`, in the conversation on the screen. */
  async continueAnswer(messageId: string, keepTokens: number | null, token: number | null): Promise<boolean> {
    return this.answering.continue(this.conversation, messageId, keepTokens, token);
  }

  /** Another version of `answer`, with `token` at `position` and the settings that it was written with. */
  async adopt(answer: Message, position: number, token: number): Promise<boolean> {
    const { conversation } = this;
    const strategy = answer.run?.strategy;
    if (!(await this.answering.continue(conversation, answer.id, position, token, strategy))) return false;
    const version = conversation.path.find(({ message }) => message.parentId === answer.parentId);
    if (version !== undefined) this.lens.open(version.message).at = position;
    return true;
  }

  async stop(): Promise<void> {
    if (this.running !== undefined) await this.answering.stop(this.running.messageId);
  }

  /** Marks a conversation as deleted; taken back, it is on the screen again if it was. */
  async remove(id: string): Promise<void> {
    const shown = this.conversation.id === id;
    // Main keeps nothing more for what is deleted.
    await this.drafts.flush();
    await this.shelf.remove(id, () => {
      if (shown && this.conversation.leaf === null) void this.open(id);
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

  async #store(conversation: OpenConversation): Promise<string> {
    const { systemPrompt } = conversation;
    const summary = await ask(this.#api, 'conversation-create', { systemPrompt });
    conversation.describe(summary);
    this.drafts.adopt(summary.id);
    this.settings.adopt(summary.id);
    this.#choices.set(summary.id, conversation.choices);
    return summary.id;
  }

  #changeRun(run: Run): void {
    const { owner } = run;
    if (owner.kind !== 'message') return;
    const { conversation } = this;
    const answer =
      conversation.messages.find(({ id }) => id === owner.messageId) ?? this.answers.ofRun(run.id)?.message;
    this.answers.change(run, owner);
    if (run.status === 'streaming' || !answer) return;
    const settled = answerWith(answer, run);
    conversation.replace(settled);
    this.answering.versions.settled(settled, conversation);
  }

  /** Takes on what the list says about the conversation on the screen; one that was deleted leaves it. */
  #follow(): void {
    const id = this.conversation.id;
    if (id === null) return;
    const summary = this.shelf.find(id);
    if (summary !== undefined) this.conversation.title = summary.title;
    else if (this.loaded && !this.answering.sending) this.conversation = this.#newConversation();
  }

  /** After a start, the path that is shown leads to where something was typed last. */
  #showWhatIsTyped(conversation: OpenConversation): void {
    for (const { messageId } of this.drafts.in(conversation.id ?? '')) {
      if (messageId !== null) conversation.show(messageId);
    }
    const { branchedFrom } = conversation;
    if (typeof branchedFrom === 'string') conversation.show(branchedFrom);
  }

  #emptyConversation(): OpenConversation {
    return new OpenConversation(this.drafts, this.#keepShown);
  }

  #newConversation(): OpenConversation {
    if (this.#unstored.id !== null) this.#unstored = this.#emptyConversation();
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
