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

  /** The messages shown in place of a newer sibling. */
  inConversation(conversationId: string): readonly string[] {
    return this.#inConversation.all(conversationId);
  }

  /** Shows this child of its parent. */
  write({ conversationId, parentId, messageId }: Row): void {
    this.#write.run(conversationId, parentId ?? '', messageId);
  }

  /** Shows the newest child of a parent. */
  remove({ conversationId, parentId }: Pick<Row, 'conversationId' | 'parentId'>): void {
    this.#remove.run(conversationId, parentId ?? '');
  }
}
