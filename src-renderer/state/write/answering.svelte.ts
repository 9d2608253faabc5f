import type { Api } from '../../../src-main/contract/api.ts';
import type { Message } from '../../../src-main/contract/conversation.ts';
import type { ConversationSettings } from './answer-settings.svelte.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { ask } from '../shell/ask.ts';
import type { Engine } from '../shell/engine.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import type { OpenConversation } from './open-conversation.svelte.ts';
import type { RunningAnswers } from '../runs/running-answers.svelte.ts';
import { Versions } from './versions.svelte.ts';

/** What asking and answering need of the window. */
export interface AnsweringParts {
  readonly notices: Notices;
  readonly engine: Engine;
  readonly settings: ConversationSettings;
  readonly answers: RunningAnswers;
  /** Keeps a conversation that isn't kept yet, and gives its id. */
  readonly store: (conversation: OpenConversation) => Promise<string>;
}

/** Adds messages to a conversation's tree and follows the answers. Each action tells whether main has taken it. */
export class Answering {
  /** True from the moment of sending until main has taken the message. */
  sending = $state.raw(false);
  /** Answers that follow by themselves. */
  readonly versions = new Versions((conversation, questionId) => this.regenerate(conversation, questionId));
  readonly #api: Api;
  readonly #parts: AnsweringParts;

  constructor(api: Api, parts: AnsweringParts) {
    this.#api = api;
    this.#parts = parts;
  }

  get possible(): boolean {
    return this.#parts.engine.ready && !this.#parts.answers.any && !this.sending;
  }

  /** Asks `content` below the answer `parentId`, or as a first message. */
  async ask(conversation: OpenConversation, parentId: string | null, content: string): Promise<boolean> {
    if (content.trim() === '') return false;
    return this.#start(async () => {
      const conversationId = conversation.id ?? (await this.#parts.store(conversation));
      const argument = { conversationId, parentId, content, ...this.#settingsFor(conversation, 0) };
      const { question, answer } = await ask(this.#api, 'answer-send', argument);
      this.#parts.answers.attach(answer);
      conversation.add(question, this.#parts.answers.latest(answer));
      this.versions.begin(conversation, question.id, this.#parts.settings.versionsIn(conversation));
    });
  }

  /** Starts another answer to the question `parentId`, beside those that are there; what is drawn has a seed of its own. */
  async regenerate(conversation: OpenConversation, parentId: string): Promise<boolean> {
    const { length } = conversation.messages.filter((message) => message.parentId === parentId);
    const settings = this.#settingsFor(conversation, length);
    return this.#startBeside(conversation, (conversationId) =>
      ask(this.#api, 'answer-regenerate', { conversationId, parentId, ...settings }),
    );
  }

  /**
   * Starts another answer beside `messageId`, which begins with the first `keepTokens` of its tokens (null: with all
   * of it, but for an end token) and then, unless it is null, with `token`; `strategy` is that of the conversation
   * where none is given.
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

  /** Keeps `content` as an answer beside `messageId`; undefined if main hasn't kept it. */
  async keepAnswer(
    conversation: OpenConversation,
    messageId: string,
    content: string,
  ): Promise<Message | undefined> {
    const conversationId = conversation.id;
    if (conversationId === null) return undefined;
    let kept: Message | undefined;
    await this.#parts.notices.guard(async () => {
      kept = await ask(this.#api, 'message-edit', { conversationId, messageId, content });
      conversation.add(kept);
      this.#parts.notices.dismiss();
    });
    return kept;
  }

  async stop(messageId: string): Promise<boolean> {
    return this.#parts.notices.guard(async () => {
      await ask(this.#api, 'answer-stop', { messageId });
    });
  }

  /** Of an answer that follows `answers` others to its question. */
  #settingsFor(conversation: OpenConversation, answers: number) {
    const { settings } = this.#parts;
    return {
      strategy: settings.strategyOf(conversation, answers),
      maxTokens: settings.of(conversation).maxTokens,
    };
  }

  /** Shows the answer that `start` begins in a conversation that is kept. */
  async #startBeside(
    conversation: OpenConversation,
    start: (conversationId: string) => Promise<{ readonly answer: Message }>,
  ): Promise<boolean> {
    const conversationId = conversation.id;
    if (conversationId === null) return false;
    return this.#start(async () => {
      const { answer } = await start(conversationId);
      this.#parts.answers.attach(answer);
      conversation.add(this.#parts.answers.latest(answer));
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
