import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database, Statement } from 'better-sqlite3';
import type { DocumentVersion } from '../contract/document.ts';
import { beginningOf } from './document-rows.ts';

interface Row extends DocumentVersion {
  readonly documentId: string;
  readonly text: Buffer;
}

/** Statements on the table `document_versions`. */
export class DocumentVersionRows {
  readonly #list: Statement<[string], DocumentVersion>;
  readonly #newest: Statement<[string], { readonly text: Buffer }>;
  readonly #text: Statement<[string, string], { readonly text: Buffer }>;
  readonly #insert: Statement<[Row]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      `SELECT id, reason, kept_at AS keptAt, length, beginning FROM document_versions
       WHERE document_id = ? ORDER BY number DESC`,
    );
    this.#newest = database.prepare(
      'SELECT text FROM document_versions WHERE document_id = ? ORDER BY number DESC LIMIT 1',
    );
    this.#text = database.prepare('SELECT text FROM document_versions WHERE document_id = ? AND id = ?');
    this.#insert = database.prepare(
      `INSERT INTO document_versions (id, document_id, reason, kept_at, length, beginning, text)
       VALUES (@id, @documentId, @reason, @keptAt, @length, @beginning, @text)`,
    );
  }

  /** Newest first. */
  list(documentId: string): readonly DocumentVersion[] {
    return this.#list.all(documentId);
  }

  /** undefined if the document has no version. */
  newestText(documentId: string): string | undefined {
    return inflated(this.#newest.get(documentId));
  }

  /** undefined if the document has no such version. */
  text(documentId: string, id: string): string | undefined {
    return inflated(this.#text.get(documentId, id));
  }

  insert(
    documentId: string,
    text: string,
    { id, reason, keptAt }: Omit<DocumentVersion, 'length' | 'beginning'>,
  ): void {
    const deflated = deflateRawSync(Buffer.from(text, 'utf8'), { level: 4 });
    const { length } = text;
    const beginning = beginningOf(text);
    this.#insert.run({ id, documentId, reason, keptAt, length, beginning, text: deflated });
  }
}

function inflated(row: { readonly text: Buffer } | undefined): string | undefined {
  return row && inflateRawSync(row.text).toString('utf8');
}
