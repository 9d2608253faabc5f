import type { Database, Statement } from 'better-sqlite3';

interface Row {
  readonly conversationId: string;
  /** null for a first message. */
  readonly parentId: string | null;
  readonly messageId: string;
}

/** Statements on the table `shown_messages`. */
export class ShownMessageRows {
  readonly #inConversation: Statement<[string], string>;
  readonly #write: Statement<[string, string, string]>;
  readonly #remove: Statement<[string, string]>;

  constructor(database: Database) {
    this.#inConversation = database
      .prepare<[string], string>('SELECT message_id FROM shown_messages WHERE conversation_id = ?')
      .pluck();
    this.#write = database.prepare(
      'INSERT OR REPLACE INTO shown_messages (conversation_id, parent_id, message_id) VALUES (?, ?, ?)',
    );
    this.#remove = database.prepare('DELETE FROM shown_messages WHERE conversation_id = ? AND parent_id = ?');
  }

  /** The messages that are shown instead of a newer one. */
  inConversation(conversationId: string): readonly string[] {
    return this.#inConversation.all(conversationId);
  }

  /** From now on, this one of the messages below its parent is shown. */
  write({ conversationId, parentId, messageId }: Row): void {
    this.#write.run(conversationId, parentId ?? '', messageId);
  }

  /** From now on, the newest message below a parent is shown. */
  remove({ conversationId, parentId }: Pick<Row, 'conversationId' | 'parentId'>): void {
    this.#remove.run(conversationId, parentId ?? '');
  }
}
