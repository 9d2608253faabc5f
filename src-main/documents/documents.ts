import { randomUUID } from 'node:crypto';
import { deletedKeptMs } from '../contract/conversation.ts';
import type { Document, DocumentSummary, DocumentVersion, VersionReason } from '../contract/document.ts';
import { ForedraftError } from '../contract/error.ts';
import type { AppDatabase } from '../database/database.ts';
import { DocumentRows } from './document-rows.ts';
import { DocumentVersionRows } from './version-rows.ts';

export interface DocumentsOptions {
  readonly database: AppDatabase;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Receives the whole list, last changed first, after each change of it. */
  readonly onChanged?: ((documents: readonly DocumentSummary[]) => void) | undefined;
}

/** A text that wasn't changed for this long is saved as a version before the next change, in milliseconds. */
const pauseMs = 60_000;

/** Every document and its versions. Failures are ForedraftErrors and change nothing. */
export class Documents {
  readonly #database: AppDatabase;
  readonly #documents: DocumentRows;
  readonly #versions: DocumentVersionRows;
  readonly #now: () => number;
  readonly #notify: () => void;

  /** Purges documents that were deleted more than `deletedKeptMs` ago. */
  constructor({ database, now, onChanged }: DocumentsOptions) {
    this.#database = database;
    this.#documents = new DocumentRows(database.connection);
    this.#versions = new DocumentVersionRows(database.connection);
    this.#now = now;
    this.#notify = () => onChanged?.(this.list());
    database.write('open the documents', () => this.#documents.removeDeleted(now() - deletedKeptMs));
  }

  /** Last changed first, without deleted ones. */
  list(): readonly DocumentSummary[] {
    return this.#database.read('list the documents', () => this.#documents.list());
  }

  create(title: string, text: string): Document {
    const createdAt = this.#now();
    const id = randomUUID();
    return this.#change('save a new document', () => {
      this.#documents.insert({ id, title, text, beginning: '', createdAt, updatedAt: createdAt });
      return this.#document(id);
    });
  }

  /** Returns a document, and saves its text as a version. @throws ForedraftError `not-found` */
  open(id: string): Document {
    return this.#database.write('open the document', () => {
      const document = this.#document(id);
      this.#addVersion(document, 'opened');
      return document;
    });
  }

  /** The saved text of a document. @throws ForedraftError `not-found` */
  textOf(id: string): string {
    return this.#database.read('read the document', () => this.#document(id).text);
  }

  /** Replaces the text; after a pause, the previous one is saved as a version. @throws ForedraftError `not-found` */
  write(id: string, text: string): void {
    this.#change('save the document', () => {
      const document = this.#document(id);
      if (document.text === text) return;
      const now = this.#now();
      if (now - document.updatedAt >= pauseMs) this.#addVersion(document, 'pause');
      this.#documents.write(id, text, now);
    });
  }

  /** Saves the current text as a version. @throws ForedraftError `not-found` */
  addVersion(id: string, reason: VersionReason): void {
    this.#database.write('save the version', () => this.#addVersion(this.#document(id), reason));
  }

  /** @throws ForedraftError `not-found` */
  rename(id: string, title: string): void {
    this.#change('rename the document', () => {
      this.#document(id);
      this.#documents.rename(id, title);
    });
  }

  /** Marks a document as deleted; `restore` undoes that for 30 days. @throws ForedraftError `not-found` */
  delete(id: string): void {
    this.#change('delete the document', () => {
      this.#document(id);
      this.#documents.markDeleted(id, this.#now());
    });
  }

  /** Does nothing to a document that isn't deleted. @throws ForedraftError `not-found` */
  restore(id: string): Document {
    return this.#change('restore the document', () => {
      if (!this.#documents.exists(id)) throw noDocument(id);
      this.#documents.markDeleted(id, null);
      return this.#document(id);
    });
  }

  /** Newest first. @throws ForedraftError `not-found` */
  versions(id: string): readonly DocumentVersion[] {
    return this.#database.read('list the versions', () => this.#versions.list(this.#document(id).id));
  }

  /** @throws ForedraftError `not-found` */
  versionText(id: string, versionId: string): string {
    return this.#database.read('open the version', () => this.#versionText(id, versionId));
  }

  /** Replaces the text by a version's; the text so far becomes a version. @throws ForedraftError `not-found` */
  restoreVersion(id: string, versionId: string): Document {
    return this.#change('restore the version', () => {
      const text = this.#versionText(id, versionId);
      this.#addVersion(this.#document(id), 'restored');
      this.#documents.write(id, text, this.#now());
      return this.#document(id);
    });
  }

  #document(id: string): Document {
    const document = this.#documents.get(id);
    if (document) return document;
    throw noDocument(id);
  }

  #versionText(id: string, versionId: string): string {
    const text = this.#versions.text(id, versionId);
    if (text !== undefined) return text;
    const message = `The document ${id} has no version ${versionId}: choose another one from the list.`;
    throw new ForedraftError('not-found', message, { id, versionId });
  }

  /** Adds the text as a version, unless it is blank or equals the newest one. */
  #addVersion({ id, text }: Document, reason: VersionReason): void {
    if (text.trim() === '' || this.#versions.newestText(id) === text) return;
    this.#versions.insert(id, text, { id: randomUUID(), reason, keptAt: this.#now() });
  }

  #change<T>(action: string, work: () => T): T {
    return this.#database.write(action, work, this.#notify);
  }
}

function noDocument(id: string): ForedraftError {
  return new ForedraftError('not-found', `There is no document ${id}: choose another one from the list.`, {
    id,
  });
}
