import type { Database, Statement } from 'better-sqlite3';
import type { Draft, DraftPlace } from '../contract/conversation.ts';

interface Row {
  readonly conversationId: string | null;
  /** '' for the next message. */
  readonly messageId: string;
  readonly parentId: string | null;
  readonly branches: number;
  readonly text: string;
}

/** Statements on the table `drafts`. */
export class DraftRows {
  readonly #list: Statement<[], Row>;
  readonly #write: Statement<[Row]>;
  readonly #remove: Statement<[Pick<Row, 'conversationId' | 'messageId'>]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      `SELECT conversation_id AS conversationId, message_id AS messageId, parent_id AS parentId, branches, text
       FROM drafts ORDER BY number`,
    );
    this.#write = database.prepare(
      `INSERT OR REPLACE INTO drafts (conversation_id, message_id, parent_id, branches, text)
       VALUES (@conversationId, @messageId, @parentId, @branches, @text)`,
    );
    this.#remove = database.prepare(
      'DELETE FROM drafts WHERE conversation_id IS @conversationId AND message_id = @messageId',
    );
  }

  /** In the order in which they were last changed. */
  list(): readonly Draft[] {
    return this.#list.all().map(({ conversationId, messageId, parentId, branches, text }) => ({
      conversationId,
      messageId: messageId === '' ? null : messageId,
      text,
      branch: branches === 1 ? { parentId } : null,
    }));
  }

  /** Keeps what is typed in one place, in place of what was typed there before. */
  write({ conversationId, messageId, text, branch }: Draft): void {
    this.#write.run({
      conversationId,
      messageId: messageId ?? '',
      parentId: branch?.parentId ?? null,
      branches: Number(branch !== null),
      text,
    });
  }

  remove({ conversationId, messageId }: DraftPlace): void {
    this.#remove.run({ conversationId, messageId: messageId ?? '' });
  }
}
