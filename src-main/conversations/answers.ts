import type { AnswerSettings } from '../contract/answer-settings.ts';
import type { Conversation, Message } from '../contract/conversation.ts';
import { answerWith } from '../contract/conversation.ts';
import { ForedraftError } from '../contract/error.ts';
import type { GenerationRequest, SearchResult } from '../contract/generation.ts';
import type { RequestResult } from '../contract/requests.ts';
import type { RunToken } from '../contract/run.ts';
import { searchResultsIn } from '../contract/run.ts';
import type { Strategy } from '../contract/strategy.ts';
import type { HostClient } from '../host/client.ts';
import type { Engine, EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import type { ActiveRun } from '../runs/run-queue.ts';
import type { Runner } from '../runs/runner.ts';
import type { Continuation } from './answer-prefix.ts';
import { answerPrefixOf } from './answer-prefix.ts';
import { chatPrompt } from './chat-prompt.ts';
import type { Conversations } from './conversations.ts';
import type { AnswerPlace, NewAnswer, NewQuestion, NewRun } from './message-tree.ts';

/** Completes "The engine is still ...". */
const activity = 'writing another answer';

/** What generates one answer. */
export type AnswerRequest = Pick<AnswerSettings, 'strategy' | 'maxTokens'>;

/** What answers need of the engine host. */
export type AnswerEngine = Engine & Pick<HostClient, 'call'>;

/** Generates answers, one at a time. */
export class Answers {
  readonly #conversations: Conversations;
  readonly #runner: Runner;
  readonly #engine: AnswerEngine;
  readonly #lock: EngineLock;
  #active: (ActiveRun & { readonly answer: Message }) | undefined;

  constructor(conversations: Conversations, runner: Runner, engine: AnswerEngine, lock: EngineLock) {
    this.#conversations = conversations;
    this.#runner = runner;
    this.#engine = engine;
    this.#lock = lock;
  }

  /**
   * Saves a question and starts its answer.
   * @throws ForedraftError `prompt-empty`, `engine-busy`, `engine-unavailable`, `not-found`, `message-invalid`,
   * `disk-full`, `database-failed`; nothing is saved then
   */
  send(argument: NewQuestion & AnswerRequest): RequestResult<'answer-send'> {
    const { conversationId, parentId, content } = argument;
    if (content.trim() === '') {
      throw new ForedraftError('prompt-empty', 'The message is empty: write something, then send it.');
    }
    const run = this.#newRun(argument.strategy);
    const { question, ...answer } = this.#conversations.ask({ conversationId, parentId, content }, run);
    return { question, answer: this.#start(answer, argument) };
  }

  /** Starts another answer to the question `parentId`. @throws ForedraftError as `send` */
  regenerate(
    argument: { readonly conversationId: string; readonly parentId: string } & AnswerRequest,
  ): RequestResult<'answer-regenerate'> {
    const { conversationId, parentId, strategy } = argument;
    // Another answer repeats much of the earlier ones: prompt lookup proposes from them.
    const references = this.#conversations.answersTo(conversationId, parentId);
    const answer = this.#conversations.answerAgain(conversationId, parentId, this.#newRun(strategy));
    return { answer: this.#start(answer, argument, { references }) };
  }

  /**
   * Starts a sibling of the answer `messageId` that continues from a position in it.
   * @throws ForedraftError as `send`, `message-invalid` if it is not an answer that has ended, and as `answerPrefixOf`
   */
  async continue(
    argument: AnswerPlace & Continuation & AnswerRequest,
  ): Promise<RequestResult<'answer-continue'>> {
    const { conversationId, messageId, strategy } = argument;
    const run = this.#newRun(strategy);
    const place = { conversationId, messageId };
    const source = this.#conversations.endedAnswer(place);
    const references = this.#conversations.answersTo(conversationId, source.parentId ?? '');
    const release = this.#lock.acquire(activity);
    try {
      const written = this.#conversations.tokensOf(source);
      const { tokens, ends } = await answerPrefixOf(source, written, argument, run.modelId, this.#engine);
      const added = this.#conversations.continue(place, tokens, run);
      const answerPrefix = { tokens: tokens.map(({ id }) => id) };
      const firstApproximate = tokens.findIndex(({ approximate }) => approximate);
      const rescoring = firstApproximate < 0 ? {} : { rescoreFrom: firstApproximate };
      const rest = { answerPrefix, references, ...rescoring };
      if (!ends) return { answer: this.#start(added, argument, rest, release) };
      release();
      return { answer: answerWith(added.answer, this.#runner.complete(added.run)) };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Saves another text of an answer as its sibling.
   * @throws ForedraftError `prompt-empty`, `not-found`, `message-invalid`, `disk-full`, `database-failed`
   */
  edit({ conversationId, messageId, content }: AnswerPlace & { readonly content: string }): Message {
    if (content.trim() === '') {
      throw new ForedraftError('prompt-empty', 'The answer is empty: write something, then save it.');
    }
    return this.#conversations.edit({ conversationId, messageId }, content);
  }

  /** Asks the engine to end the answer `messageId`; does nothing if it has ended meanwhile. */
  stop(messageId: string): void {
    if (this.#active?.answer.id === messageId) this.#active.recorder.stop();
  }

  /** The answers being generated, with all text so far. */
  running(): readonly Message[] {
    return this.#active ? [answerWith(this.#active.answer, this.#active.recorder.run)] : [];
  }

  /** The saved tokens of an answer; empty if the user wrote it. @throws ForedraftError `not-found` */
  tokensOf(conversationId: string, messageId: string): readonly RunToken[] {
    const message = this.#conversations.pathTo(conversationId, messageId).at(-1);
    return message ? this.#conversations.tokensOf(message) : [];
  }

  /** The results of the search that found an answer, best first; empty without one. @throws ForedraftError `not-found` */
  searchResultsOf(conversationId: string, messageId: string): readonly SearchResult[] {
    const message = this.#conversations.pathTo(conversationId, messageId).at(-1);
    if (!message?.run) return [];
    const unsaved = this.#runner.unsaved(message.run.id);
    return unsaved ? searchResultsIn(unsaved.trace) : this.#conversations.searchResultsOf(message);
  }

  /** A conversation, with text that is not in the database yet. @throws ForedraftError `not-found` */
  openConversation(id: string): Conversation {
    const conversation = this.#conversations.open(id);
    const messages = conversation.messages.map((message) => {
      const run = message.run && this.#runner.unsaved(message.run.id);
      return run ? answerWith(message, run) : message;
    });
    return { ...conversation, messages };
  }

  /** Stops the answer being generated in a conversation, if there is one, then marks the conversation as deleted. */
  async deleteConversation(id: string): Promise<void> {
    const active = this.#active;
    if (active?.answer.conversationId === id) {
      active.recorder.stop();
      await active.ended;
    }
    this.#conversations.delete(id);
  }

  #newRun(strategy: Strategy): NewRun {
    this.#lock.assertFree();
    const { id, provider, kernels } = readyModel(this.#engine.status);
    // The prompt must not lack what couldn't be saved so far.
    this.#runner.saveEnded('message');
    return { modelId: id, provider, adapter: null, kernels, strategy };
  }

  #start(
    { answer, run }: NewAnswer,
    settings: AnswerRequest,
    rest: Pick<GenerationRequest, 'answerPrefix' | 'references' | 'rescoreFrom'> = {},
    release = this.#lock.acquire(activity),
  ): Message {
    const request = () => ({ ...this.#requestFor(answer, settings), ...rest });
    const active = { ...this.#runner.start(run, request, release), answer };
    this.#active = active;
    void active.ended.then(() => {
      if (this.#active === active) this.#active = undefined;
    });
    return answer;
  }

  #requestFor(
    { conversationId, parentId }: Message,
    { strategy, maxTokens }: AnswerRequest,
  ): GenerationRequest {
    const { systemPrompt } = this.#conversations.get(conversationId);
    const path = parentId === null ? [] : this.#conversations.pathTo(conversationId, parentId);
    return { prompt: chatPrompt(systemPrompt, path), strategy, maxTokens, stopTexts: [], alternatives: 0 };
  }
}
