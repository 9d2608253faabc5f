import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import { answerWith, type Message } from '../../../src-main/contract/conversation.ts';
import type { EarlierMessage } from '../../../src-main/contract/comparison.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import type { LiveRun } from '../runs/live-run.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import { OpenLens } from '../runs/open-lens.svelte.ts';
import { SearchTexts } from '../runs/search-texts.svelte.ts';
import { ask } from '../shell/ask.ts';
import type { ShellState } from '../shell/shell-state.svelte.ts';
import { ConversationSettings } from './answer-settings.svelte.ts';
import { Answering } from './answering.svelte.ts';
import { MessageAttachments } from './attachments/message-attachments.svelte.ts';
import { ContextMeter } from './context-meter.svelte.ts';
import { ConversationList } from './conversation-list.svelte.ts';
import { Drafts } from './drafts.svelte.ts';
import { MessageEdits } from './message-edits.svelte.ts';
import { OpenConversation } from './open-conversation.svelte.ts';
import { Presets } from './presets.svelte.ts';
import { PromptHistory } from './prompt-history.ts';
import { UndoSlot } from './undo-slot.svelte.ts';

/** The prompt that the answer to a question of a conversation has. */
export interface QuestionPrompt {
  /** null if the conversation isn't stored. */
  readonly conversationId: string | null;
  readonly systemPrompt: string;
  /** The messages before the question. */
  readonly earlier: readonly EarlierMessage[];
  /** The question, with its attachments. */
  readonly prompt: string;
  /** How the conversation's answers are generated. */
  readonly strategy: Strategy;
}

/** The other parts of the window that a message can be taken to. */
export interface WriteTargets {
  /** Sets up a comparison of strategies. */
  readonly compare: (prompt: QuestionPrompt) => void;
}

/** The Write screen: the open conversation, the list of conversations, and every action on them. */
export class WriteState {
  readonly runs: LiveRuns;
  readonly answering: Answering;
  readonly attachments = new MessageAttachments();
  readonly drafts: Drafts;
  readonly edits: MessageEdits;
  readonly lens: OpenLens;
  readonly list: ConversationList;
  readonly meter: ContextMeter;
  readonly presets: Presets;
  readonly prompts: PromptHistory;
  readonly searchTexts: SearchTexts;
  readonly settings: ConversationSettings;
  readonly undo = new UndoSlot();
  /** The conversation that isn't stored yet: its settings stay while others are shown. */
  #unstored: OpenConversation;
  conversation: OpenConversation;
  loaded = $state.raw(false);
  /** A part of the header that a command asked for; the header shows it and clears this. */
  requested = $state.raw<'outline' | 'rename' | null>(null);
  /** Incremented whenever the composer should take the focus. */
  focusRequests = $state.raw(0);
  readonly #api: Api;
  readonly #targets: WriteTargets;
  readonly #shell: ShellState;
  readonly #storeShown = (id: string, messageIds: readonly string[]) =>
    void this.#shell.notices.guard(async () => {
      await ask(this.#api, 'conversation-show', { id, messageIds: [...messageIds] });
    });
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- its values are reactive; no component reads the map
  readonly #choices = new Map<string, OpenConversation['choices']>();
  #openings = 0;

  constructor(api: Api, shell: ShellState, runs: LiveRuns, targets: WriteTargets) {
    this.#api = api;
    this.#targets = targets;
    this.#shell = shell;
    this.runs = runs;
    const { notices, preferences, engine } = shell;
    this.prompts = new PromptHistory(api, notices);
    this.presets = new Presets(api, notices);
    this.meter = new ContextMeter(api);
    this.searchTexts = new SearchTexts(api);
    this.settings = new ConversationSettings(api, notices, preferences);
    const store = (conversation: OpenConversation) => this.#store(conversation);
    this.answering = new Answering(api, { notices, engine, settings: this.settings, runs, store });
    this.drafts = new Drafts(api, notices);
    this.lens = new OpenLens(api);
    this.list = new ConversationList(api, notices, this.undo, () => this.#followList());
    this.edits = new MessageEdits(this.drafts, this.undo, {
      askInstead: ({ parentId }, content) => this.answering.ask(this.conversation, parentId, content),
      saveAnswer: ({ id }, content) => this.answering.saveAnswer(this.conversation, id, content),
      continueAnswer: (id) => this.continueAnswer(id, null, null),
    });
    this.#unstored = this.#emptyConversation();
    this.conversation = $state.raw(this.#unstored);
  }

  /** The running answer of the conversation shown. */
  get running(): LiveRun | undefined {
    return this.runningIn(this.conversation.id);
  }

  /** The running answer of a conversation. */
  runningIn(conversationId: string | null): LiveRun | undefined {
    return this.runs.find((owner) => owner.kind === 'message' && owner.conversationId === conversationId);
  }

  /** Whether an answer could start now. */
  get canAnswer(): boolean {
    return this.answering.possible;
  }

  /** Subscribes to main; the returned function unsubscribes. */
  listen(): () => void {
    const stops = [
      this.runs.subscribe({ changed: (run) => this.#changeRun(run) }),
      this.#api.on('conversations-changed', (list) => this.list.replace(list)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Reads everything once and shows the conversation used last. */
  async load(): Promise<void> {
    const { notices } = this.#shell;
    await Promise.all([
      notices.guard(() => this.list.load()),
      notices.guard(() => this.drafts.load()),
      notices.guard(() => this.#loadUnstored()),
      this.prompts.load(),
      this.presets.load(),
      notices.guard(async () => {
        for (const message of await ask(this.#api, 'answers-running', undefined))
          this.answering.follow(message);
      }),
    ]);
    const newest = this.list.active[0];
    const { id, draft } = this.conversation;
    if (newest !== undefined && id === null && (draft?.text ?? '') === '') await this.#show(newest.id);
    this.loaded = true;
  }

  /** Shows the Write screen with a new conversation. */
  startNew(): void {
    this.#openings += 1;
    this.#shell.screen = 'write';
    this.focusRequests += 1;
    if (this.conversation.id !== null) this.conversation = this.#newConversation();
  }

  /** Shows the Write screen with the conversation `id`. */
  async open(id: string): Promise<void> {
    this.#shell.screen = 'write';
    await this.#show(id);
  }

  /** Sends `content` below the last message shown; returns whether main accepted it. */
  async send(content: string): Promise<boolean> {
    return this.answering.ask(this.conversation, this.conversation.leaf?.id ?? null, content);
  }

  /** As `Answering.regenerate`, in the conversation shown. */
  async regenerate(parentId: string): Promise<boolean> {
    return this.answering.regenerate(this.conversation, parentId);
  }

  /** As `Answering.continue`, in the conversation shown. */
  async continueAnswer(messageId: string, keepTokens: number | null, token: number | null): Promise<boolean> {
    return this.answering.continue(this.conversation, messageId, keepTokens, token);
  }

  /** Starts another version of `answer` with `token` at `position`, under the strategy of the answer's run. */
  async adopt(answer: Message, position: number, token: number): Promise<boolean> {
    const { conversation } = this;
    const strategy = answer.run?.strategy;
    if (!(await this.answering.continue(conversation, answer.id, position, token, strategy))) return false;
    const version = conversation.path.find(({ message }) => message.parentId === answer.parentId);
    if (version !== undefined) this.lens.open(version.message).at = position;
    return true;
  }

  /** Sets up a comparison of the prompt of a message: of a question or, for an answer, of the question above it. */
  comparePrompt(messageId: string): void {
    const { id: conversationId, systemPrompt, path } = this.conversation;
    const depth = path.findIndex(({ message }) => message.id === messageId);
    const roles = path.slice(0, depth + 1).map(({ message }) => message.role);
    const asked = roles.lastIndexOf('user');
    const question = path[asked]?.message;
    if (question === undefined) return;
    const earlier = path.slice(0, asked).map(({ message: { role, content } }) => ({ role, content }));
    const { strategy } = this.conversation.settings;
    this.#targets.compare({ conversationId, systemPrompt, earlier, prompt: question.content, strategy });
  }

  async stop(): Promise<void> {
    if (this.running !== undefined) await this.answering.stop(this.running);
  }

  /** Deletes a conversation; undone, it is shown again if it was. */
  async remove(id: string): Promise<void> {
    const shown = this.conversation.id === id;
    // Main stores nothing for a deleted conversation.
    await this.drafts.flush();
    await this.list.remove(id, () => {
      if (shown && this.conversation.leaf === null) void this.open(id);
    });
  }

  setSystemPrompt(systemPrompt: string): void {
    this.settings.setSystemPrompt(this.conversation, systemPrompt);
  }

  async #show(id: string): Promise<void> {
    const opening = ++this.#openings;
    if (this.conversation.id === id) return;
    await this.#shell.notices.guard(async () => {
      const stored = await ask(this.#api, 'conversation-open', { id });
      if (opening !== this.#openings) return;
      const messages = stored.messages.map((message) => this.answering.follow(message));
      const shownBefore = this.#choices.has(id);
      const conversation = this.#emptyConversation(this.#choicesOf(id));
      conversation.fill({ ...stored, messages });
      if (!shownBefore) this.#revealDrafts(conversation);
      this.conversation = conversation;
    });
  }

  async #store(conversation: OpenConversation): Promise<string> {
    const { systemPrompt, settings } = conversation;
    const summary = await ask(this.#api, 'conversation-create', { systemPrompt, settings });
    conversation.describe(summary);
    conversation.set({ settings });
    this.drafts.adopt(summary.id);
    this.#choices.set(summary.id, conversation.choices);
    return summary.id;
  }

  #changeRun(run: RecordedRun): void {
    const { owner, status } = run;
    if (owner.kind !== 'message' || status === 'streaming') return;
    this.searchTexts.add(owner.messageId, run.trace);
    const { conversation } = this;
    const answer = conversation.messages.find(({ id }) => id === owner.messageId);
    if (answer !== undefined) conversation.replace(answerWith(answer, run));
    this.answering.versions.settled(owner.messageId, status, conversation);
  }

  /** Updates the conversation shown after a change of the list; one that was deleted is replaced by a new one. */
  #followList(): void {
    const id = this.conversation.id;
    if (id === null) return;
    const summary = this.list.find(id);
    if (summary !== undefined) this.conversation.title = summary.title;
    else if (this.loaded && !this.answering.sending) this.conversation = this.#newConversation();
  }

  /** After a start, selects the path to the draft edited last. */
  #revealDrafts(conversation: OpenConversation): void {
    for (const { messageId } of this.drafts.in(conversation.id ?? '')) {
      if (messageId !== null) conversation.show(messageId);
    }
    const { branchedFrom } = conversation;
    if (typeof branchedFrom === 'string') conversation.show(branchedFrom);
  }

  /** Reads what was set for the conversation that isn't stored yet, unless something was set meanwhile. */
  async #loadUnstored(): Promise<void> {
    const unstored = this.#unstored;
    const stored = await ask(this.#api, 'new-conversation-read', undefined);
    const { systemPrompt, settings } = unstored.own;
    if (unstored.id === null)
      unstored.set({
        systemPrompt: systemPrompt ?? stored.systemPrompt,
        settings: settings ?? stored.settings,
      });
  }

  #emptyConversation(choices?: OpenConversation['choices']): OpenConversation {
    const defaults = () => this.#shell.preferences.value;
    return new OpenConversation(this.drafts, defaults, this.#storeShown, choices);
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
