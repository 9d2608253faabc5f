import type { Database, Statement } from 'better-sqlite3';
import type { Document, DocumentSummary } from '../contract/document.ts';
import type { Deletion } from '../database/use-days.ts';
import { cutBefore, firstCharacters } from '../contract/graphemes.ts';

/** Length of a document's beginning in the list, in code points. */
const beginningLength = 120;

const columns = `id, title, substr(text, 1, 400) AS beginning, created_at AS createdAt, updated_at AS updatedAt`;

/** Statements on the table `documents`. */
export class DocumentRows {
  readonly #list: Statement<[], DocumentSummary>;
  readonly #get: Statement<[string], Document>;
  readonly #exists: Statement<[string], { readonly deleted: 0 | 1 }>;
  readonly #insert: Statement<[Document]>;
  readonly #write: Statement<[string, number, string]>;
  readonly #rename: Statement<[string, string]>;
  readonly #markDeleted: Statement<[number | null, number | null, string]>;
  readonly #removeDeleted: Statement<[number]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      `SELECT ${columns} FROM documents WHERE deleted_at IS NULL ORDER BY updated_at DESC, number DESC`,
    );
    this.#get = database.prepare(
      `SELECT ${columns}, text FROM documents WHERE id = ? AND deleted_at IS NULL`,
    );
    this.#exists = database.prepare('SELECT deleted_at IS NOT NULL AS deleted FROM documents WHERE id = ?');
    this.#insert = database.prepare(
      `INSERT INTO documents (id, title, text, created_at, updated_at)
       VALUES (@id, @title, @text, @createdAt, @updatedAt)`,
    );
    this.#write = database.prepare('UPDATE documents SET text = ?, updated_at = ? WHERE id = ?');
    this.#rename = database.prepare('UPDATE documents SET title = ? WHERE id = ?');
    this.#markDeleted = database.prepare(
      'UPDATE documents SET deleted_at = ?, deleted_use_day = ? WHERE id = ?',
    );
    this.#removeDeleted = database.prepare('DELETE FROM documents WHERE deleted_use_day <= ?');
  }

  /** Last changed first, without deleted ones. */
  list(): readonly DocumentSummary[] {
    return this.#list.all().map(summaryOf);
  }

  /** undefined for an unknown or a deleted document. */
  get(id: string): Document | undefined {
    const row = this.#get.get(id);
    return row && { ...summaryOf(row), text: row.text };
  }

  /** Also true for a deleted document. */
  exists(id: string): boolean {
    return this.#exists.get(id) !== undefined;
  }

  insert(document: Document): void {
    this.#insert.run(document);
  }

  write(id: string, text: string, updatedAt: number): void {
    this.#write.run(text, updatedAt, id);
  }

  rename(id: string, title: string): void {
    this.#rename.run(title, id);
  }

  /** null restores it. */
  markDeleted(id: string, deletion: Deletion | null): void {
    this.#markDeleted.run(deletion?.at ?? null, deletion?.useDay ?? null, id);
  }

  /** Purges documents deleted on the day of use `useDay` or before. */
  removeDeleted(useDay: number): void {
    this.#removeDeleted.run(useDay);
  }
}

/** The first characters of `text`, without blank lines and with single spaces. */
export function beginningOf(text: string): string {
  const lines = text
    .slice(0, cutBefore(text, 400))
    .replace(/\s*\n\s*/gu, '\n')
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
  return firstCharacters(lines, beginningLength);
}

function summaryOf({ id, title, beginning, createdAt, updatedAt }: DocumentSummary): DocumentSummary {
  return { id, title, beginning: beginningOf(beginning), createdAt, updatedAt };
}
