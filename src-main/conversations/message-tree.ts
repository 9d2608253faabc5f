import { randomUUID } from 'node:crypto';
import { ForedraftError } from '../contract/error.ts';
import type { ConversationSummary, Message } from '../contract/conversation.ts';
import type { MessageRow } from './message-rows.ts';
import type { Tables } from './tables.ts';
import type { Run, RunToken } from '../contract/run.ts';
import { titleFrom } from '../contract/title.ts';

/** A new message of a person; `parentId` is the answer it follows, null for a conversation's first message. */
export interface NewQuestion {
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly content: string;
}

/** What makes an answer, before it is known how it ends. */
export type NewRun = Pick<Run, 'modelId' | 'provider' | 'strategy'>;

/** An answer, by where it is. */
export interface AnswerPlace {
  readonly conversationId: string;
  readonly messageId: string;
}

/** Adds messages below others by the rules of the tree; every call belongs inside a write. */
export class MessageTree {
  readonly #tables: Tables;
  readonly #now: () => number;

  /** `now` gives milliseconds since 1970. */
  constructor(tables: Tables, now: () => number) {
    this.#tables = tables;
    this.#now = now;
  }

  /**
   * Adds a message of a person; the first one names the conversation.
   * @throws ForedraftError `not-found` (conversation or parent), `message-invalid` (parent is no answer)
   */
  addQuestion({ conversationId, parentId, content }: NewQuestion): Message {
    const conversation = this.conversation(conversationId);
    if (parentId !== null && this.message(conversationId, parentId).role !== 'assistant') {
      throw new ForedraftError(
        'message-invalid',
        `Message ${parentId} is no answer, and a question must follow an answer: answer it first.`,
        { parentId },
      );
    }
    if (parentId === null && conversation.title === '') {
      this.#tables.conversations.rename(conversationId, titleFrom(content));
    }
    return this.#add({ conversationId, parentId, content, role: 'user', status: 'done', sourceId: null });
  }

  /**
   * Adds an answer that is about to be written below the question `parentId`.
   * @throws ForedraftError `not-found` (conversation or question), `message-invalid` (parent is no question)
   */
  addAnswer(conversationId: string, parentId: string, run: NewRun): Message {
    this.#question(conversationId, parentId);
    return this.#addRun({ conversationId, parentId, sourceId: null }, run, []);
  }

  /** Adds an answer from elsewhere below the question `parentId`. @throws as `addAnswer` */
  addWritten(conversationId: string, parentId: string, content: string): Message {
    this.#question(conversationId, parentId);
    return this.#add({
      conversationId,
      parentId,
      content,
      role: 'assistant',
      status: 'done',
      sourceId: null,
    });
  }

  /**
   * Adds an answer beside another one, that is about to be written and begins with `begun`.
   * @throws ForedraftError `not-found`, `message-invalid` (no answer, or one that is still being written)
   */
  addContinuation(place: AnswerPlace, answerPrefix: readonly RunToken[], run: NewRun): Message {
    const { conversationId, parentId, id } = this.endedAnswer(place);
    return this.#addRun({ conversationId, parentId, sourceId: id }, run, answerPrefix);
  }

  /** Adds an answer beside another one, as a person has changed its text. @throws as `addContinuation` */
  addEdited(place: AnswerPlace, content: string): Message {
    const { conversationId, parentId, id } = this.endedAnswer(place);
    return this.#add({ conversationId, parentId, content, role: 'assistant', status: 'done', sourceId: id });
  }

  /** Shows each of these messages instead of its siblings. @throws ForedraftError `not-found` */
  show(conversationId: string, messageIds: readonly string[]): void {
    for (const messageId of messageIds) {
      const { parentId } = this.message(conversationId, messageId);
      this.#tables.shownMessages.write({ conversationId, parentId, messageId });
    }
  }

  /** @throws ForedraftError `not-found`, `message-invalid` (no answer, or one that is still being written) */
  endedAnswer({ conversationId, messageId }: AnswerPlace): Message {
    this.conversation(conversationId);
    const message = this.message(conversationId, messageId);
    if (message.role === 'assistant' && message.status !== 'streaming') return message;
    const problem = message.role === 'user' ? 'is no answer' : 'is still being written';
    throw new ForedraftError(
      'message-invalid',
      `Message ${messageId} ${problem}: choose an answer that has ended.`,
      { messageId },
    );
  }

  /** A conversation that isn't deleted. @throws ForedraftError `not-found` */
  conversation(id: string): ConversationSummary {
    const conversation = this.anyConversation(id);
    if (conversation.deletedAt === null) return conversation;
    throw new ForedraftError('not-found', `Conversation ${id} was deleted: bring it back first.`, { id });
  }

  /** A conversation, deleted or not. @throws ForedraftError `not-found` */
  anyConversation(id: string): ConversationSummary {
    const conversation = this.#tables.conversations.get(id);
    if (conversation) return conversation;
    const message = `There is no conversation ${id}: choose another one from the list.`;
    throw new ForedraftError('not-found', message, { id });
  }

  /** @throws ForedraftError `not-found` */
  message(conversationId: string, id: string): Message {
    const message = this.#tables.messages.get(conversationId, id);
    if (message) return message;
    throw new ForedraftError(
      'not-found',
      `Conversation ${conversationId} has no message ${id}: open the conversation again.`,
      { conversationId, id },
    );
  }

  #question(conversationId: string, id: string): Message {
    this.conversation(conversationId);
    const message = this.message(conversationId, id);
    if (message.role === 'user') return message;
    throw new ForedraftError(
      'message-invalid',
      `Message ${id} is no question, and an answer must follow a question: choose the question above it.`,
      { parentId: id },
    );
  }

  #addRun(
    place: Pick<MessageRow, 'conversationId' | 'parentId' | 'sourceId'>,
    run: NewRun,
    answerPrefix: readonly RunToken[],
  ): Message {
    const content = answerPrefix.map(({ text }) => text).join('');
    const { id } = this.#add({ ...place, content, role: 'assistant', status: 'streaming' });
    const runId = randomUUID();
    this.#tables.runs.insert(id, { ...run, id: runId });
    for (const token of answerPrefix) this.#tables.runTokens.write(runId, token);
    return this.message(place.conversationId, id);
  }

  #add(message: Omit<MessageRow, 'id' | 'createdAt'>): Message {
    const id = randomUUID();
    const createdAt = this.#now();
    this.#tables.messages.insert({ ...message, id, createdAt });
    // What is new is shown.
    this.#tables.shownMessages.remove(message);
    this.#tables.conversations.touch(message.conversationId, createdAt);
    return this.message(message.conversationId, id);
  }
}
