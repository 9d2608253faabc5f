import type { Statement } from 'better-sqlite3';
import type { Draft } from '../contract/conversation.ts';
import type { AppDatabase } from '../database/database.ts';
import type { Conversations } from './conversations.ts';

interface Row {
  readonly conversationId: string | null;
  /** '' for the next message. */
  readonly messageId: string;
  readonly parentId: string | null;
  readonly branches: number;
  readonly text: string;
}

/** The table `drafts`: what was typed and not sent. */
export class Drafts {
  readonly #database: AppDatabase;
  readonly #conversations: Conversations;
  readonly #list: Statement<[], Row>;
  readonly #write: Statement<[Row]>;
  readonly #remove: Statement<[Pick<Row, 'conversationId' | 'messageId'>]>;

  constructor(database: AppDatabase, conversations: Conversations) {
    this.#database = database;
    this.#conversations = conversations;
    const { connection } = database;
    this.#list = connection.prepare(
      `SELECT conversation_id AS conversationId, message_id AS messageId, parent_id AS parentId, branches, text
       FROM drafts ORDER BY number`,
    );
    this.#write = connection.prepare(
      `INSERT OR REPLACE INTO drafts (conversation_id, message_id, parent_id, branches, text)
       VALUES (@conversationId, @messageId, @parentId, @branches, @text)`,
    );
    this.#remove = connection.prepare(
      'DELETE FROM drafts WHERE conversation_id IS @conversationId AND message_id = @messageId',
    );
  }

  /** In order of their last change. */
  list(): readonly Draft[] {
    const rows = this.#database.read('read the drafts', () => this.#list.all());
    return rows.map(({ conversationId, messageId, parentId, branches, text }) => ({
      conversationId,
      messageId: messageId === '' ? null : messageId,
      text,
      branch: branches === 1 ? { parentId } : null,
    }));
  }

  /** Replaces the draft of a place; an empty text removes it. @throws ForedraftError `not-found` (conversation) */
  write({ conversationId, messageId, text, branch }: Draft): void {
    const place = { conversationId, messageId: messageId ?? '' };
    this.#database.write('save the draft', () => {
      if (text === '' && branch === null) {
        this.#remove.run(place);
        return;
      }
      if (conversationId !== null) this.#conversations.get(conversationId);
      const parentId = branch?.parentId ?? null;
      this.#write.run({ ...place, parentId, branches: Number(branch !== null), text });
    });
  }
}
