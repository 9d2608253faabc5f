import type { StartedStatus } from '../contract/run.ts';
import type { Database, Statement } from 'better-sqlite3';
import type { Message } from '../contract/conversation.ts';
import type { RunColumns } from '../runs/runs.ts';
import { runColumns, runFrom } from '../runs/runs.ts';

/** A message as its row holds it. */
export type MessageRow = Omit<Message, 'run'>;
type JoinedRow = MessageRow & RunColumns;

const select = `
  SELECT messages.id, messages.conversation_id AS conversationId, parent_id AS parentId, role, content, status,
    created_at AS createdAt, source_id AS sourceId, ${runColumns}
  FROM messages LEFT JOIN runs ON runs.message_id = messages.id`;

/** Each is read by the tokenizer before an answer begins. */
const referencesAtMost = 4;

/** Statements on the table `messages`; what is read comes with its run. */
export class MessageRows {
  readonly #get: Statement<[string, string], JoinedRow>;
  readonly #inConversation: Statement<[string], JoinedRow>;
  readonly #answersTo: Statement<[string, string], string>;
  readonly #path: Statement<[{ conversationId: string; id: string }], JoinedRow>;
  readonly #insert: Statement<[MessageRow]>;
  readonly #write: Statement<[string, StartedStatus, string]>;
  readonly #interrupt: Statement<[]>;

  constructor(database: Database) {
    this.#get = database.prepare(`${select} WHERE messages.conversation_id = ? AND messages.id = ?`);
    this.#inConversation = database.prepare(
      `${select} WHERE messages.conversation_id = ? ORDER BY messages.number`,
    );
    this.#answersTo = database
      .prepare<[string, string], string>(
        `SELECT content FROM messages
         WHERE conversation_id = ? AND parent_id = ? AND role = 'assistant' AND content <> ''
         ORDER BY number DESC LIMIT ${referencesAtMost}`,
      )
      .pluck();
    // Children come after their parents, so that the order of creation is the order of the path.
    this.#path = database.prepare(
      `WITH RECURSIVE path (step, parent) AS (
         SELECT id, parent_id FROM messages WHERE conversation_id = @conversationId AND id = @id
         UNION ALL
         SELECT messages.id, messages.parent_id FROM path JOIN messages ON messages.id = path.parent
       )
       ${select} WHERE messages.id IN (SELECT step FROM path) ORDER BY messages.number`,
    );
    this.#insert = database.prepare(
      `INSERT INTO messages (id, conversation_id, parent_id, role, content, status, created_at, source_id)
       VALUES (@id, @conversationId, @parentId, @role, @content, @status, @createdAt, @sourceId)`,
    );
    this.#write = database.prepare('UPDATE messages SET content = ?, status = ? WHERE id = ?');
    this.#interrupt = database.prepare(
      `UPDATE messages SET status = 'interrupted' WHERE status = 'streaming'`,
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

  /** Sets the whole text and the status; tells whether there is such a message. */
  write(id: string, content: string, status: StartedStatus): boolean {
    return this.#write.run(content, status, id).changes > 0;
  }

  /** Marks every answer that is still being written, and tells how many there were. */
  interruptStreaming(): number {
    return this.#interrupt.run().changes;
  }
}

function messageFrom(row: JoinedRow): Message {
  const { id, conversationId, parentId, role, content, status, createdAt, sourceId } = row;
  return { id, conversationId, parentId, role, content, status, createdAt, sourceId, run: runFrom(row) };
}
