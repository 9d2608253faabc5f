import type { ConversationSummary } from '../contract/history.ts';
import type { Connection } from './database.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly system_prompt: string;
  readonly created_at: number;
  readonly updated_at: number;
}

function summaryOf(row: Row): ConversationSummary {
  return {
    id: row.id,
    title: row.title,
    systemPrompt: row.system_prompt,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The statements of table `conversations`. */
export class ConversationTable {
  readonly #insert;
  readonly #list;
  readonly #read;
  readonly #rename;
  readonly #setSystemPrompt;
  readonly #touch;
  readonly #delete;

  constructor(connection: Connection) {
    const columns = 'id, title, system_prompt, created_at, updated_at';
    this.#insert = connection.prepare<[Row]>(
      `INSERT INTO conversations (${columns}) VALUES (@id, @title, @system_prompt, @created_at, @updated_at)`,
    );
    this.#list = connection.prepare<[], Row>(
      `SELECT ${columns} FROM conversations ORDER BY updated_at DESC, created_at DESC, id`,
    );
    this.#read = connection.prepare<[string], Row>(`SELECT ${columns} FROM conversations WHERE id = ?`);
    this.#rename = connection.prepare<[string, string]>('UPDATE conversations SET title = ? WHERE id = ?');
    this.#setSystemPrompt = connection.prepare<[string, string]>(
      'UPDATE conversations SET system_prompt = ? WHERE id = ?',
    );
    this.#touch = connection.prepare<[number, string]>(
      'UPDATE conversations SET updated_at = ? WHERE id = ?',
    );
    this.#delete = connection.prepare<[string]>('DELETE FROM conversations WHERE id = ?');
  }

  insert(summary: ConversationSummary): void {
    const { id, title, systemPrompt, createdAt, updatedAt } = summary;
    this.#insert.run({
      id,
      title,
      system_prompt: systemPrompt,
      created_at: createdAt,
      updated_at: updatedAt,
    });
  }

  /** The one that was used last comes first. */
  list(): ConversationSummary[] {
    return this.#list.all().map(summaryOf);
  }

  read(id: string): ConversationSummary | undefined {
    const row = this.#read.get(id);
    return row && summaryOf(row);
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

  delete(id: string): void {
    this.#delete.run(id);
  }
}
