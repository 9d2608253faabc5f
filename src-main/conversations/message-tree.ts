import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ConversationSummary, Message } from '../contract/conversation.ts';
import { ForedraftError } from '../contract/error.ts';
import type { RecordedRun, RunToken } from '../contract/run.ts';
import { titleFrom } from '../contract/title.ts';
import type { RunStore } from '../runs/run-store.ts';
import { ConversationRows } from './conversation-rows.ts';
import type { MessageRow } from './message-rows.ts';
import { MessageRows } from './message-rows.ts';
import { ShownMessageRows } from './shown-message-rows.ts';
import { utcOffsetAt } from '../database/utc-offset.ts';

/** A new message of the user; `parentId` is the answer it follows, null for a first message. */
export interface NewQuestion {
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly content: string;
}

/** What generates an answer. */
export type NewRun = Pick<RecordedRun, 'modelId' | 'provider' | 'adapter' | 'kernels' | 'strategy'>;

/** An answer that is about to be generated, with its run. */
export interface NewAnswer {
  readonly answer: Message;
  readonly run: RecordedRun;
}

/** Identifies an answer. */
export interface AnswerPlace {
  readonly conversationId: string;
  readonly messageId: string;
}

/** Conversations and the rules by which messages are added to their trees; each call belongs inside a read or a write. */
export class MessageTree {
  readonly conversations: ConversationRows;
  readonly messages: MessageRows;
  readonly shown: ShownMessageRows;
  readonly #runs: RunStore;
  readonly #now: () => number;

  /** `now` returns milliseconds since 1970. */
  constructor(database: Database, runs: RunStore, now: () => number) {
    this.conversations = new ConversationRows(database);
    this.messages = new MessageRows(database);
    this.shown = new ShownMessageRows(database);
    this.#runs = runs;
    this.#now = now;
  }

  /**
   * Adds a message of the user; the first one names the conversation.
   * @throws ForedraftError `not-found` (conversation or parent), `message-invalid` (the parent is not an answer)
   */
  addQuestion({ conversationId, parentId, content }: NewQuestion): Message {
    const conversation = this.conversation(conversationId);
    if (parentId !== null && this.message(conversationId, parentId).role !== 'assistant') {
      throw new ForedraftError(
        'message-invalid',
        `Message ${parentId} is not an answer, and a question must follow an answer: answer it first.`,
        { parentId },
      );
    }
    if (parentId === null && conversation.title === '') {
      this.conversations.rename(conversationId, titleFrom(content));
    }
    return this.#add({ conversationId, parentId, content, role: 'user', sourceId: null });
  }

  /**
   * Adds an answer to the question `parentId`, about to be generated.
   * @throws ForedraftError `not-found` (conversation or question), `message-invalid` (the parent is not a question)
   */
  addAnswer(conversationId: string, parentId: string, run: NewRun): NewAnswer {
    this.#question(conversationId, parentId);
    return this.#addGenerated({ conversationId, parentId, sourceId: null }, run, []);
  }

  /** Adds an answer from elsewhere to the question `parentId`. @throws as `addAnswer` */
  addWritten(conversationId: string, parentId: string, content: string): Message {
    this.#question(conversationId, parentId);
    return this.#add({ conversationId, parentId, content, role: 'assistant', sourceId: null });
  }

  /**
   * Adds a sibling of an answer, about to be generated, that starts with `answerPrefix`.
   * @throws ForedraftError `not-found`, `message-invalid` (not an answer, or one still being generated)
   */
  addContinuation(place: AnswerPlace, answerPrefix: readonly RunToken[], run: NewRun): NewAnswer {
    const { conversationId, parentId, id } = this.endedAnswer(place);
    return this.#addGenerated({ conversationId, parentId, sourceId: id }, run, answerPrefix);
  }

  /** Adds a sibling of an answer with the user's version of its text. @throws as `addContinuation` */
  addEdited(place: AnswerPlace, content: string): Message {
    const { conversationId, parentId, id } = this.endedAnswer(place);
    return this.#add({ conversationId, parentId, content, role: 'assistant', sourceId: id });
  }

  /** Shows each of these messages in place of its siblings. @throws ForedraftError `not-found` */
  show(conversationId: string, messageIds: readonly string[]): void {
    for (const messageId of messageIds) {
      const { parentId } = this.message(conversationId, messageId);
      this.shown.write({ conversationId, parentId, messageId });
    }
  }

  /** @throws ForedraftError `not-found`, `message-invalid` (not an answer, or one still being generated) */
  endedAnswer({ conversationId, messageId }: AnswerPlace): Message {
    this.conversation(conversationId);
    const message = this.message(conversationId, messageId);
    if (message.role === 'assistant' && message.status !== 'streaming') return message;
    const problem = message.role === 'user' ? 'is not an answer' : 'is still being written';
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
    throw new ForedraftError('not-found', `Conversation ${id} was deleted: restore it first.`, { id });
  }

  /** A conversation, deleted or not. @throws ForedraftError `not-found` */
  anyConversation(id: string): ConversationSummary {
    const conversation = this.conversations.get(id);
    if (conversation) return conversation;
    const message = `There is no conversation ${id}: choose another one from the list.`;
    throw new ForedraftError('not-found', message, { id });
  }

  /** @throws ForedraftError `not-found` */
  message(conversationId: string, id: string): Message {
    const message = this.messages.get(conversationId, id);
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
      `Message ${id} is not a question, and an answer must follow a question: choose the question above it.`,
      { parentId: id },
    );
  }

  #addGenerated(
    place: Pick<MessageRow, 'conversationId' | 'parentId' | 'sourceId'>,
    newRun: NewRun,
    tokens: readonly RunToken[],
  ): NewAnswer {
    const {
      conversationId,
      id: messageId,
      createdAt,
    } = this.#add({ ...place, content: null, role: 'assistant' });
    const run: RecordedRun = {
      id: randomUUID(),
      owner: { kind: 'message', conversationId, messageId },
      ...newRun,
      status: 'streaming',
      text: tokens.map(({ text }) => text).join(''),
      ...{ endReason: null, statistics: null, error: null },
      startedAt: createdAt,
      tokens,
      trace: [],
    };
    this.#runs.insert(run);
    return { answer: this.message(conversationId, messageId), run };
  }

  #add(message: Omit<MessageRow, 'id' | 'createdAt' | 'utcOffset'>): Message {
    const id = randomUUID();
    const createdAt = this.#now();
    const utcOffset = message.role === 'user' ? utcOffsetAt(createdAt) : null;
    this.messages.insert({ ...message, id, createdAt, utcOffset });
    // The newest sibling is shown.
    this.shown.remove(message);
    this.conversations.touch(message.conversationId, createdAt);
    return this.message(message.conversationId, id);
  }
}
