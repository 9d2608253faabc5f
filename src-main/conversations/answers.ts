import type { Push } from '../contract/api.ts';
import type { RequestResult } from '../contract/requests.ts';
import type { RunToken } from '../contract/run.ts';
import { ForedraftError } from '../contract/error.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import type { Conversation, Message } from '../contract/conversation.ts';
import type { Strategy } from '../contract/strategy.ts';
import type { AnswerWriter } from '../runs/answer-writer.ts';
import type { History } from './history.ts';
import type { AnswerPlace, NewQuestion, NewRun } from './message-tree.ts';
import type { HostClient } from '../host/client.ts';
import type { Engine, EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import { Recording } from '../runs/run-recorder.ts';
import type { Continuation } from './answer-prefix.ts';
import { answerPrefixOf } from './answer-prefix.ts';
import { chatPrompt } from './chat-prompt.ts';

/** Completes "The engine is still ...". */
const writing = 'writing another answer';

export interface AnswerSettings {
  readonly strategy: Strategy;
  /** As in GenerationRequest. */
  readonly maxTokens: number;
}

/** What answers need of the engine host. */
export type AnswerEngine = Engine & Pick<HostClient, 'call'>;

/** The recorder between engine, history and window: everything is kept before it is shown. One answer at a time. */
export class Answers {
  readonly #history: History;
  readonly #engine: AnswerEngine;
  readonly #turn: EngineLock;
  readonly #push: Push;
  #running: Recording<AnswerWriter> | undefined;
  /** Answers that ended and could not be saved yet. */
  readonly #unsaved = new Set<AnswerWriter>();

  constructor(history: History, engine: AnswerEngine, turn: EngineLock, push: Push) {
    this.#history = history;
    this.#engine = engine;
    this.#turn = turn;
    this.#push = push;
  }

  /**
   * Keeps a question and begins to answer it.
   * @throws ForedraftError `prompt-empty`, `engine-busy`, `engine-unavailable`, `not-found`, `message-invalid`,
   * `disk-full`, `database-failed`; nothing is kept then
   */
  send(argument: NewQuestion & AnswerSettings): RequestResult<'answer-send'> {
    const { conversationId, parentId, content } = argument;
    if (content.trim() === '') {
      throw new ForedraftError('prompt-empty', 'The message is empty: write something, then send it.');
    }
    const run = this.#newRun(argument.strategy);
    const { question, writer } = this.#history.startAnswerTo({ conversationId, parentId, content }, run);
    return { question, answer: this.#begin(writer, argument) };
  }

  /** Begins another answer to the question `parentId`. @throws ForedraftError as `send` */
  regenerate(
    argument: { readonly conversationId: string; readonly parentId: string } & AnswerSettings,
  ): RequestResult<'answer-regenerate'> {
    const { conversationId, parentId, strategy } = argument;
    // Another answer repeats much of those that are there: speculation looks its guesses up in them.
    const references = this.#history.answersTo(conversationId, parentId);
    const writer = this.#history.startAnotherAnswer(conversationId, parentId, this.#newRun(strategy));
    return { answer: this.#begin(writer, argument, { references }) };
  }

  /**
   * Begins another answer beside `messageId` that goes on from a place in it.
   * @throws ForedraftError as `send`, `message-invalid` where it is no answer that has ended, and as `answerPrefixOf`
   */
  async continue(
    argument: AnswerPlace & Continuation & AnswerSettings,
  ): Promise<RequestResult<'answer-continue'>> {
    const { conversationId, messageId, strategy } = argument;
    const run = this.#newRun(strategy);
    const place = { conversationId, messageId };
    const source = this.#history.endedAnswer(place);
    const kept = source.run === null ? [] : this.#history.tokensOf(source.run.id);
    const references = this.#history.answersTo(conversationId, source.parentId ?? '');
    const release = this.#turn.take(writing);
    try {
      const { tokens, ends } = await answerPrefixOf(source, kept, argument, run.modelId, this.#engine);
      const writer = this.#history.startContinuation(place, tokens, run);
      const answerPrefix = { tokens: tokens.map(({ id }) => id) };
      if (!ends) return { answer: this.#begin(writer, argument, { answerPrefix, references }, release) };
      writer.finish('end-token', null);
      release();
      return { answer: writer.message };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Keeps another text of an answer beside it.
   * @throws ForedraftError `prompt-empty`, `not-found`, `message-invalid`, `disk-full`, `database-failed`
   */
  edit({ conversationId, messageId, content }: AnswerPlace & { readonly content: string }): Message {
    if (content.trim() === '') {
      throw new ForedraftError('prompt-empty', 'The answer is empty: write something, then save it.');
    }
    return this.#history.editAnswer({ conversationId, messageId }, content);
  }

  /** Asks the engine to end the answer `messageId`; one that has ended by itself meanwhile stays as it is. */
  stop(messageId: string): void {
    if (this.#running?.writer.message.id === messageId) this.#running.stop();
  }

  /** Answers that are being written, with all of their text so far. */
  running(): readonly Message[] {
    return this.#running ? [this.#running.writer.message] : [];
  }

  /** The tokens of an answer that are in the database; none where no model wrote it. @throws `not-found` */
  tokensOf(conversationId: string, messageId: string): readonly RunToken[] {
    const run = this.#history.pathTo(conversationId, messageId).at(-1)?.run ?? null;
    return run === null ? [] : this.#history.tokensOf(run.id);
  }

  /** A conversation with the text that is not in the database yet. @throws ForedraftError `not-found` */
  openConversation(id: string): Conversation {
    const conversation = this.#history.openConversation(id);
    const writers = [...this.#unsaved, ...(this.#running ? [this.#running.writer] : [])];
    const newer = new Map(writers.map(({ message }) => [message.id, message]));
    return {
      ...conversation,
      messages: conversation.messages.map((message) => newer.get(message.id) ?? message),
    };
  }

  /** Deletes a conversation, for a while; an answer that is being written in it is stopped first. */
  async deleteConversation(id: string): Promise<void> {
    const running = this.#running;
    if (running?.writer.message.conversationId === id) {
      running.stop();
      await running.ended;
    }
    this.#history.shelf.delete(id);
  }

  /**
   * The program quits: keeps all text there is, a running answer as an interrupted one.
   * @throws ForedraftError `disk-full`, `database-failed`
   */
  close(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.interrupt();
    const writers = [...this.#unsaved, ...(running ? [running.writer] : [])];
    this.#unsaved.clear();
    try {
      for (const writer of writers) writer.save();
    } finally {
      for (const writer of writers) writer.abandon();
    }
  }

  #newRun(strategy: Strategy): NewRun {
    this.#turn.assertFree();
    const { id, provider } = readyModel(this.#engine.status);
    // What can't be saved now would be missing from the prompt.
    for (const writer of this.#unsaved) writer.save();
    return { modelId: id, provider, strategy };
  }

  #begin(
    writer: AnswerWriter,
    settings: AnswerSettings,
    rest: Pick<GenerationRequest, 'answerPrefix' | 'references'> = {},
    release = this.#turn.take(writing),
  ): Message {
    const answer = writer.message;
    const run = writer.run;
    const runId = run.id;
    this.#push('run-changed', { run });
    const running = new Recording(
      writer,
      (event) => writer.add(event),
      (signal) => this.#engine.generate({ ...this.#requestFor(answer, settings), ...rest }, signal),
      (events) => this.#push('run-events', { runId, events }),
    );
    this.#running = running;
    void running.ended.then(() => {
      release();
      this.#settle(running);
    });
    return answer;
  }

  #requestFor(
    { conversationId, parentId }: Message,
    { strategy, maxTokens }: AnswerSettings,
  ): GenerationRequest {
    const { systemPrompt } = this.#history.conversation(conversationId);
    const path = parentId === null ? [] : this.#history.pathTo(conversationId, parentId);
    const messages = chatPrompt(systemPrompt, path);
    return { prompt: { messages }, strategy, maxTokens, stopTexts: [], alternatives: 0 };
  }

  #settle(running: Recording<AnswerWriter>): void {
    // The program quits, and everything was kept by `close`.
    if (this.#running !== running) return;
    this.#running = undefined;
    const { writer } = running;
    if (!writer.saved) {
      this.#unsaved.add(writer);
      writer.onceSaved(() => {
        this.#unsaved.delete(writer);
        this.#push('run-changed', { run: writer.run });
      });
    }
    this.#push('run-changed', { run: writer.run });
  }
}
