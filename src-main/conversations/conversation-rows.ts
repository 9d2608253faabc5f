import type { Database, Statement } from 'better-sqlite3';
import type { AnswerSettings } from '../contract/answer-settings.ts';
import { answerSettingsFrom } from '../contract/answer-settings.ts';
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
  readonly #settings: Statement<[string], string>;
  readonly #insert: Statement<[Row & { readonly answerSettings: string }]>;
  readonly #rename: Statement<[string, string]>;
  readonly #setSystemPrompt: Statement<[string, string]>;
  readonly #setSettings: Statement<[string, string]>;
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
    this.#settings = database
      .prepare<[string], string>('SELECT answer_settings FROM conversations WHERE id = ?')
      .pluck();
    this.#insert = database.prepare(
      `INSERT INTO conversations
         (id, title, system_prompt, created_at, updated_at, starred, archived, deleted_at,
         answer_settings)
       VALUES (@id, @title, @systemPrompt, @createdAt, @updatedAt, @starred, @archived, @deletedAt,
         @answerSettings)`,
    );
    const set = (column: string) => `UPDATE conversations SET ${column} = ? WHERE id = ?`;
    this.#rename = database.prepare(set('title'));
    this.#setSystemPrompt = database.prepare(set('system_prompt'));
    this.#setSettings = database.prepare(set('answer_settings'));
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

  /** How answers are generated in a conversation, which must exist. */
  settings(id: string): AnswerSettings {
    return answerSettingsFrom(JSON.parse(this.#settings.get(id) ?? '{}'));
  }

  insert(conversation: ConversationSummary, settings: AnswerSettings): void {
    const { starred, archived } = conversation;
    const flags = { starred: Number(starred), archived: Number(archived) };
    this.#insert.run({ ...conversation, ...flags, answerSettings: JSON.stringify(settings) });
  }

  rename(id: string, title: string): void {
    this.#rename.run(title, id);
  }

  setSystemPrompt(id: string, systemPrompt: string): void {
    this.#setSystemPrompt.run(systemPrompt, id);
  }

  setSettings(id: string, settings: AnswerSettings): void {
    this.#setSettings.run(JSON.stringify(settings), id);
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
