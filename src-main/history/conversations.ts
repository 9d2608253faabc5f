import type { Database, Statement } from 'better-sqlite3';
import type { ConversationSummary } from '../contract/history.ts';

const columns = 'id, title, system_prompt AS systemPrompt, created_at AS createdAt, updated_at AS updatedAt';

/** Statements on the table `conversations`. */
export class ConversationRows {
  readonly #list: Statement<[], ConversationSummary>;
  readonly #get: Statement<[string], ConversationSummary>;
  readonly #insert: Statement<[ConversationSummary]>;
  readonly #rename: Statement<[string, string]>;
  readonly #setSystemPrompt: Statement<[string, string]>;
  readonly #touch: Statement<[number, string]>;
  readonly #remove: Statement<[string]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      `SELECT ${columns} FROM conversations ORDER BY updated_at DESC, number DESC`,
    );
    this.#get = database.prepare(`SELECT ${columns} FROM conversations WHERE id = ?`);
    this.#insert = database.prepare(
      `INSERT INTO conversations (id, title, system_prompt, created_at, updated_at)
       VALUES (@id, @title, @systemPrompt, @createdAt, @updatedAt)`,
    );
    this.#rename = database.prepare('UPDATE conversations SET title = ? WHERE id = ?');
    this.#setSystemPrompt = database.prepare('UPDATE conversations SET system_prompt = ? WHERE id = ?');
    this.#touch = database.prepare('UPDATE conversations SET updated_at = ? WHERE id = ?');
    this.#remove = database.prepare('DELETE FROM conversations WHERE id = ?');
  }

  /** Last changed first. */
  list(): readonly ConversationSummary[] {
    return this.#list.all();
  }

  get(id: string): ConversationSummary | undefined {
    return this.#get.get(id);
  }

  insert(conversation: ConversationSummary): void {
    this.#insert.run(conversation);
  }

  rename(id: string, title: string): void {
    this.#rename.run(title, id);
  }

  setSystemPrompt(id: string, systemPrompt: string): void {
    this.#setSystemPrompt.run(systemPrompt, id);
  }

  touch(id: string, updatedAt: number): void {
    this.#touch.run(updatedAt, id);
  }

  /** Removes the conversation with its messages, their runs and tokens. */
  remove(id: string): void {
    this.#remove.run(id);
  }
}
