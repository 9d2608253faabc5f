import type { Message, MessageStatus } from '../contract/history.ts';
import type { Connection } from './database.ts';

export type MessageWithoutRun = Omit<Message, 'run'>;

interface Row {
  readonly id: string;
  readonly conversation_id: string;
  readonly parent_id: string | null;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly status: MessageStatus;
  readonly created_at: number;
}

function messageOf(row: Row): MessageWithoutRun {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    role: row.role,
    content: row.content,
    status: row.status,
    createdAt: row.created_at,
  };
}

/** The statements of table `messages`. */
export class MessageTable {
  readonly #insert;
  readonly #read;
  readonly #inConversation;
  readonly #append;
  readonly #setStatus;
  readonly #interrupt;

  constructor(connection: Connection) {
    const columns = 'id, conversation_id, parent_id, role, content, status, created_at';
    this.#insert = connection.prepare<[Row]>(
      `INSERT INTO messages (${columns}, place)
       VALUES (@id, @conversation_id, @parent_id, @role, @content, @status, @created_at,
         (SELECT coalesce(max(place), 0) + 1 FROM messages WHERE conversation_id = @conversation_id))`,
    );
    this.#read = connection.prepare<[string], Row>(`SELECT ${columns} FROM messages WHERE id = ?`);
    this.#inConversation = connection.prepare<[string], Row>(
      `SELECT ${columns} FROM messages WHERE conversation_id = ? ORDER BY place`,
    );
    this.#append = connection.prepare<[string, string]>(
      'UPDATE messages SET content = content || ? WHERE id = ?',
    );
    this.#setStatus = connection.prepare<[string, string]>('UPDATE messages SET status = ? WHERE id = ?');
    this.#interrupt = connection.prepare(
      `UPDATE messages SET status = 'interrupted' WHERE status = 'streaming'`,
    );
  }

  insert(message: MessageWithoutRun): void {
    this.#insert.run({
      id: message.id,
      conversation_id: message.conversationId,
      parent_id: message.parentId,
      role: message.role,
      content: message.content,
      status: message.status,
      created_at: message.createdAt,
    });
  }

  read(id: string): MessageWithoutRun | undefined {
    const row = this.#read.get(id);
    return row && messageOf(row);
  }

  /** In order of creation. */
  inConversation(conversationId: string): MessageWithoutRun[] {
    return this.#inConversation.all(conversationId).map(messageOf);
  }

  append(id: string, text: string): void {
    this.#append.run(text, id);
  }

  setStatus(id: string, status: MessageStatus): void {
    this.#setStatus.run(status, id);
  }

  /** Marks what was being written when the program ended; returns how many there were. */
  interruptStreaming(): number {
    return this.#interrupt.run().changes;
  }
}
