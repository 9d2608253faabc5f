import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database, Statement } from 'better-sqlite3';
import type { DocumentVersion } from '../contract/document.ts';
import { beginningOf } from './document-rows.ts';
import { changeBetween } from './text-change.ts';
import type { ThinnedVersion } from './version-thinning.ts';
import { versionToRemove } from './version-thinning.ts';

interface Row extends DocumentVersion {
  readonly documentId: string;
  readonly text: Buffer;
}

interface StoredText {
  readonly number: number;
  readonly text: Buffer;
}

/** Statements on the table `document_versions`. */
export class DocumentVersionRows {
  readonly #list: Statement<[string], DocumentVersion>;
  readonly #newest: Statement<[string], StoredText>;
  readonly #text: Statement<[string, string], StoredText>;
  readonly #insert: Statement<[Row]>;
  readonly #thinned: Statement<[string], ThinnedVersion>;
  readonly #numbered: Statement<[number], StoredText>;
  readonly #setLost: Statement<[number, number]>;
  readonly #remove: Statement<[number]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      `SELECT id, reason, kept_at AS keptAt, length, beginning FROM document_versions
       WHERE document_id = ? ORDER BY number DESC`,
    );
    this.#newest = database.prepare(
      'SELECT number, text FROM document_versions WHERE document_id = ? ORDER BY number DESC LIMIT 1',
    );
    this.#text = database.prepare(
      'SELECT number, text FROM document_versions WHERE document_id = ? AND id = ?',
    );
    this.#insert = database.prepare(
      `INSERT INTO document_versions (id, document_id, reason, kept_at, length, beginning, text)
       VALUES (@id, @documentId, @reason, @keptAt, @length, @beginning, @text)`,
    );
    this.#thinned = database.prepare(
      'SELECT number, lost FROM document_versions WHERE document_id = ? ORDER BY number',
    );
    this.#numbered = database.prepare('SELECT number, text FROM document_versions WHERE number = ?');
    this.#setLost = database.prepare('UPDATE document_versions SET lost = ? WHERE number = ?');
    this.#remove = database.prepare('DELETE FROM document_versions WHERE number = ?');
  }

  /** Newest first. */
  list(documentId: string): readonly DocumentVersion[] {
    return this.#list.all(documentId);
  }

  /** undefined if the document has no such version. */
  text(documentId: string, id: string): string | undefined {
    const row = this.#text.get(documentId, id);
    return row && textOf(row);
  }

  /** Adds `text` as a version unless it equals the newest one, and thins the older ones. */
  add(
    documentId: string,
    text: string,
    { id, reason, keptAt }: Omit<DocumentVersion, 'length' | 'beginning'>,
  ): void {
    const newest = this.#newest.get(documentId);
    const newestText = newest && textOf(newest);
    if (newestText === text) return;
    if (newestText !== undefined) this.#setLost.run(changeBetween(newestText, text).removed, newest!.number);
    const deflated = deflateRawSync(Buffer.from(text, 'utf8'), { level: 4 });
    const { length } = text;
    const beginning = beginningOf(text);
    this.#insert.run({ id, documentId, reason, keptAt, length, beginning, text: deflated });
    this.#thin(documentId);
  }

  #thin(documentId: string): void {
    const versions = this.#thinned.all(documentId);
    const index = versionToRemove(versions);
    if (index === undefined) return;
    const textAt = (at: number) => textOf(this.#numbered.get(versions[at]!.number)!);
    const { removed } = changeBetween(textAt(index - 1), textAt(index + 1));
    this.#setLost.run(removed, versions[index - 1]!.number);
    this.#remove.run(versions[index]!.number);
  }
}

const textOf = ({ text }: StoredText): string => inflateRawSync(text).toString('utf8');
