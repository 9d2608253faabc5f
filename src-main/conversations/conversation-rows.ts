import type { Database, Statement } from 'better-sqlite3';
import type { ConversationSummary } from '../contract/conversation.ts';
import type { Deletion } from '../database/use-days.ts';

type Row = Omit<ConversationSummary, 'starred' | 'archived'> & {
  readonly starred: number;
  readonly archived: number;
};

const columns = `id, title, system_prompt AS systemPrompt, created_at AS createdAt, updated_at AS updatedAt, starred,
  archived, deleted_at AS deletedAt`;

/** Statements on the table `conversations`. */
export class ConversationRows {
  readonly #list: Statement<[], Row>;
  readonly #get: Statement<[string], Row>;
  readonly #insert: Statement<[Row]>;
  readonly #rename: Statement<[string, string]>;
  readonly #setSystemPrompt: Statement<[string, string]>;
  readonly #touch: Statement<[number, string]>;
  readonly #star: Statement<[number, string]>;
  readonly #archive: Statement<[number, string]>;
  readonly #markDeleted: Statement<[number | null, number | null, string]>;
  readonly #removeDeleted: Statement<[number]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      `SELECT ${columns} FROM conversations ORDER BY updated_at DESC, number DESC`,
    );
    this.#get = database.prepare(`SELECT ${columns} FROM conversations WHERE id = ?`);
    this.#insert = database.prepare(
      `INSERT INTO conversations
         (id, title, system_prompt, created_at, updated_at, starred, archived, deleted_at)
       VALUES (@id, @title, @systemPrompt, @createdAt, @updatedAt, @starred, @archived, @deletedAt)`,
    );
    const set = (column: string) => `UPDATE conversations SET ${column} = ? WHERE id = ?`;
    this.#rename = database.prepare(set('title'));
    this.#setSystemPrompt = database.prepare(set('system_prompt'));
    this.#touch = database.prepare(set('updated_at'));
    this.#star = database.prepare(set('starred'));
    this.#archive = database.prepare(set('archived'));
    this.#markDeleted = database.prepare(
      'UPDATE conversations SET deleted_at = ?, deleted_use_day = ? WHERE id = ?',
    );
    this.#removeDeleted = database.prepare('DELETE FROM conversations WHERE deleted_use_day <= ?');
  }

  /** Last changed first, deleted ones included. */
  list(): readonly ConversationSummary[] {
    return this.#list.all().map(summaryFrom);
  }

  get(id: string): ConversationSummary | undefined {
    const row = this.#get.get(id);
    return row && summaryFrom(row);
  }

  insert(conversation: ConversationSummary): void {
    const { starred, archived } = conversation;
    this.#insert.run({ ...conversation, starred: Number(starred), archived: Number(archived) });
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

  star(id: string, starred: boolean): void {
    this.#star.run(Number(starred), id);
  }

  archive(id: string, archived: boolean): void {
    this.#archive.run(Number(archived), id);
  }

  /** null restores it. */
  markDeleted(id: string, deletion: Deletion | null): void {
    this.#markDeleted.run(deletion?.at ?? null, deletion?.useDay ?? null, id);
  }

  /** Removes those deleted on the day of use `useDay` or before, with their messages, runs and drafts. */
  removeDeleted(useDay: number): void {
    this.#removeDeleted.run(useDay);
  }
}

function summaryFrom(row: Row): ConversationSummary {
  return { ...row, starred: row.starred === 1, archived: row.archived === 1 };
}
