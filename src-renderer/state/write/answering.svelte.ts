import type { Api } from '../../../src-main/contract/api.ts';
import { answerWith, type Message } from '../../../src-main/contract/conversation.ts';
import type { ConversationSettings } from './answer-settings.svelte.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { ask } from '../shell/ask.ts';
import type { Engine } from '../shell/engine.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import type { OpenConversation } from './open-conversation.svelte.ts';
import type { LiveRun } from '../runs/live-run.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import { Versions } from './versions.svelte.ts';

/** What answering depends on. */
export interface AnsweringParts {
  readonly notices: Notices;
  readonly engine: Engine;
  readonly settings: ConversationSettings;
  readonly runs: LiveRuns;
  /** Stores a new conversation and returns its id. */
  readonly store: (conversation: OpenConversation) => Promise<string>;
}

/** Adds messages to a conversation and follows the answers. Each action returns whether main accepted it. */
export class Answering {
  /** Whether a request that starts an answer is pending. */
  sending = $state.raw(false);
  /** Further answers to the same question, started automatically. */
  readonly versions = new Versions((conversation, questionId) => this.regenerate(conversation, questionId));
  readonly #api: Api;
  readonly #parts: AnsweringParts;

  constructor(api: Api, parts: AnsweringParts) {
    this.#api = api;
    this.#parts = parts;
  }

  get possible(): boolean {
    return this.#parts.engine.ready && !this.#parts.runs.any('message') && !this.sending;
  }

  /** Asks `content` below the answer `parentId`, or as a first message. */
  async ask(conversation: OpenConversation, parentId: string | null, content: string): Promise<boolean> {
    if (content.trim() === '') return false;
    return this.#start(async () => {
      const conversationId = conversation.id ?? (await this.#parts.store(conversation));
      const argument = { conversationId, parentId, content, ...this.#settingsFor(conversation, 0) };
      const { question, answer } = await ask(this.#api, 'answer-send', argument);
      conversation.add(question, this.follow(answer));
      this.versions.begin(conversation, question.id, this.#parts.settings.versionsIn(conversation));
    });
  }

  /** Starts another answer to the question `parentId`, with the next seed if the strategy samples. */
  async regenerate(conversation: OpenConversation, parentId: string): Promise<boolean> {
    const { length } = conversation.messages.filter((message) => message.parentId === parentId);
    const settings = this.#settingsFor(conversation, length);
    return this.#startBeside(conversation, (conversationId) =>
      ask(this.#api, 'answer-regenerate', { conversationId, parentId, ...settings }),
    );
  }

  /**
   * Starts a sibling of the answer `messageId` that continues its first `keepTokens` tokens (null: all of them, except
   * an end token), followed by `token` unless that is null.
   * @param strategy default: the conversation's
   */
  async continue(
    conversation: OpenConversation,
    messageId: string,
    keepTokens: number | null,
    token: number | null,
    strategy?: Strategy,
  ): Promise<boolean> {
    return this.#startBeside(conversation, (conversationId) => {
      const place = { conversationId, messageId, keepTokens, token };
      const settings = { ...this.#settingsFor(conversation, 0), ...(strategy && { strategy }) };
      return ask(this.#api, 'answer-continue', { ...place, ...settings });
    });
  }

  /** Stores `content` as a sibling of the answer `messageId`; undefined if main rejected it. */
  async saveAnswer(
    conversation: OpenConversation,
    messageId: string,
    content: string,
  ): Promise<Message | undefined> {
    const conversationId = conversation.id;
    if (conversationId === null) return undefined;
    let saved: Message | undefined;
    await this.#parts.notices.guard(async () => {
      saved = await ask(this.#api, 'message-edit', { conversationId, messageId, content });
      conversation.add(saved);
      this.#parts.notices.dismiss();
    });
    return saved;
  }

  async stop({ owner }: LiveRun): Promise<boolean> {
    if (owner.kind !== 'message') return false;
    const { messageId } = owner;
    return this.#parts.notices.guard(async () => {
      await ask(this.#api, 'answer-stop', { messageId });
    });
  }

  /** Follows the run of an answer that main replied with; returns the current answer if the run has ended meanwhile. */
  follow(message: Message): Message {
    const { id: messageId, conversationId, run, status, content: text } = message;
    if (run === null || status !== 'streaming') return message;
    const { runs } = this.#parts;
    runs.follow({ ...run, owner: { kind: 'message', conversationId, messageId }, text });
    const ended = runs.ended(run.id);
    return ended === undefined ? message : answerWith(message, ended);
  }

  /** @param answers to the same question so far */
  #settingsFor(conversation: OpenConversation, answers: number) {
    const { settings } = this.#parts;
    return {
      strategy: settings.strategyOf(conversation, answers),
      maxTokens: conversation.settings.maxTokens,
    };
  }

  /** Starts an answer in a stored conversation and shows it. */
  async #startBeside(
    conversation: OpenConversation,
    start: (conversationId: string) => Promise<{ readonly answer: Message }>,
  ): Promise<boolean> {
    const conversationId = conversation.id;
    if (conversationId === null) return false;
    return this.#start(async () => {
      const { answer } = await start(conversationId);
      conversation.add(this.follow(answer));
    });
  }

  async #start(work: () => Promise<void>): Promise<boolean> {
    if (!this.possible) return false;
    this.sending = true;
    const started = await this.#parts.notices.guard(async () => {
      await work();
      this.#parts.notices.dismiss();
    });
    this.sending = false;
    return started;
  }
}
