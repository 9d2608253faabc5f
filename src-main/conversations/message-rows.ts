import type { Database, Statement } from 'better-sqlite3';
import type { Message } from '../contract/conversation.ts';
import { answerWith } from '../contract/conversation.ts';
import { knownOffset, type StoredOffset } from '../database/utc-offset.ts';
import type { RunRow } from '../runs/run-store.ts';
import { runColumns, runFrom } from '../runs/run-store.ts';

/** A message without its run. */
export interface MessageRow extends Omit<Message, 'content' | 'status' | 'run' | 'utcOffset'>, StoredOffset {
  /** null for an answer with a run, which has the text. */
  readonly content: string | null;
}
type JoinedRow = MessageRow & (RunRow | { readonly runId: null });

const select = `
  SELECT messages.id, messages.conversation_id AS conversationId, parent_id AS parentId, role, content,
    created_at AS createdAt, utc_offset AS utcOffset, source_id AS sourceId, ${runColumns}
  FROM messages LEFT JOIN runs ON runs.message_id = messages.id`;

/** Each is tokenized before an answer starts. */
const maximumReferences = 4;

/** Statements on the table `messages`, which read each answer with its run. */
export class MessageRows {
  readonly #get: Statement<[string, string], JoinedRow>;
  readonly #inConversation: Statement<[string], JoinedRow>;
  readonly #answersTo: Statement<[string, string], string>;
  readonly #path: Statement<[{ conversationId: string; id: string }], JoinedRow>;
  readonly #insert: Statement<[MessageRow]>;

  constructor(database: Database) {
    this.#get = database.prepare(`${select} WHERE messages.conversation_id = ? AND messages.id = ?`);
    this.#inConversation = database.prepare(
      `${select} WHERE messages.conversation_id = ? ORDER BY messages.number`,
    );
    this.#answersTo = database
      .prepare<[string, string], string>(
        `SELECT ifnull(runs.text, content) AS answer
         FROM messages LEFT JOIN runs ON runs.message_id = messages.id
         WHERE messages.conversation_id = ? AND parent_id = ? AND role = 'assistant' AND answer <> ''
         ORDER BY messages.number DESC LIMIT ${maximumReferences}`,
      )
      .pluck();
    // Children are created after their parents, so that the order of creation is the order of the path.
    this.#path = database.prepare(
      `WITH RECURSIVE path (step, parent) AS (
         SELECT id, parent_id FROM messages WHERE conversation_id = @conversationId AND id = @id
         UNION ALL
         SELECT messages.id, messages.parent_id FROM path JOIN messages ON messages.id = path.parent
       )
       ${select} WHERE messages.id IN (SELECT step FROM path) ORDER BY messages.number`,
    );
    this.#insert = database.prepare(
      `INSERT INTO messages (id, conversation_id, parent_id, role, content, created_at, utc_offset, source_id)
       VALUES (@id, @conversationId, @parentId, @role, @content, @createdAt, @utcOffset, @sourceId)`,
    );
  }

  get(conversationId: string, id: string): Message | undefined {
    const row = this.#get.get(conversationId, id);
    return row && messageFrom(row);
  }

  /** In order of creation. */
  inConversation(conversationId: string): readonly Message[] {
    return this.#inConversation.all(conversationId).map(messageFrom);
  }

  /** The texts of the newest answers to a question, newest first. */
  answersTo(conversationId: string, questionId: string): readonly string[] {
    return this.#answersTo.all(conversationId, questionId);
  }

  /** From the conversation's first message to the message `id`, both included. */
  path(conversationId: string, id: string): readonly Message[] {
    return this.#path.all({ conversationId, id }).map(messageFrom);
  }

  insert(message: MessageRow): void {
    this.#insert.run(message);
  }
}

function messageFrom(row: JoinedRow): Message {
  const { id, conversationId, parentId, role, content, createdAt, sourceId } = row;
  const head = { id, conversationId, parentId, role, createdAt, ...knownOffset(row), sourceId };
  const message: Message = { ...head, content: content ?? '', status: 'done', run: null };
  return row.runId === null ? message : answerWith(message, runFrom(row));
}
