import { randomUUID } from 'node:crypto';
import { deletedKeptDays } from '../contract/conversation.ts';
import type { Document, DocumentSummary, DocumentVersion, VersionReason } from '../contract/document.ts';
import { ForedraftError } from '../contract/error.ts';
import type { AppDatabase } from '../database/database.ts';
import { DocumentRows } from './document-rows.ts';
import type { VersionPace } from './version-pacing.ts';
import { newPace, paceChange } from './version-pacing.ts';
import { DocumentVersionRows } from './version-rows.ts';

export interface DocumentsOptions {
  readonly database: AppDatabase;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Monotonic clock, in milliseconds: what is saved as a version must not depend on the clock being set. */
  readonly clock: () => number;
  /** Today's number among the days on which the program was used; deleted documents age by it. */
  readonly useDay: number;
  /** Receives the whole list, last changed first, after each change of it. */
  readonly onChanged?: ((documents: readonly DocumentSummary[]) => void) | undefined;
}

/** Every document and its versions. Failures are ForedraftErrors and change nothing. */
export class Documents {
  readonly #database: AppDatabase;
  readonly #documents: DocumentRows;
  readonly #versions: DocumentVersionRows;
  readonly #now: () => number;
  readonly #clock: () => number;
  readonly #useDay: number;
  readonly #notify: () => void;
  /** For each document created or opened since the program started. */
  readonly #paces = new Map<string, VersionPace>();

  /** Purges documents that were deleted `deletedKeptDays` days of use ago. */
  constructor({ database, now, clock, useDay, onChanged }: DocumentsOptions) {
    this.#database = database;
    this.#documents = new DocumentRows(database.connection);
    this.#versions = new DocumentVersionRows(database.connection);
    this.#now = now;
    this.#clock = clock;
    this.#useDay = useDay;
    this.#notify = () => onChanged?.(this.list());
    database.erase('open the documents', () => this.#documents.removeDeleted(useDay - deletedKeptDays));
  }

  /** Last changed first, without deleted ones. */
  list(): readonly DocumentSummary[] {
    return this.#database.read('list the documents', () => this.#documents.list());
  }

  create(title: string, text: string): Document {
    const createdAt = this.#now();
    const id = randomUUID();
    const document = this.#change('save a new document', () => {
      this.#documents.insert({ id, title, text, beginning: '', createdAt, updatedAt: createdAt });
      return this.#document(id);
    });
    this.#paces.set(id, newPace(this.#clock()));
    return document;
  }

  /** Returns a document, and saves its text as a version. @throws ForedraftError `not-found` */
  open(id: string): Document {
    const opened = this.#database.write('open the document', () => {
      const document = this.#document(id);
      this.#addVersion(id, document.text, 'opened');
      return document;
    });
    this.#paces.set(id, newPace(this.#clock()));
    return opened;
  }

  /** The saved text of a document. @throws ForedraftError `not-found` */
  textOf(id: string): string {
    return this.#database.read('read the document', () => this.#document(id).text);
  }

  /** Replaces the text; when `paceChange` says so, an earlier one is saved as a version. @throws ForedraftError `not-found` */
  write(id: string, text: string): void {
    const pace = this.#change('save the document', () => {
      const { text: before } = this.#document(id);
      const earlier = this.#paces.get(id);
      if (before === text) return earlier;
      // A document that wasn't opened in this run has no pace yet.
      if (!earlier) this.#addVersion(id, before, 'opened');
      const paced = paceChange(earlier ?? newPace(this.#clock()), before, text, this.#clock());
      if (paced.version) this.#addVersion(id, paced.version.text, paced.version.reason);
      this.#documents.write(id, text, this.#now());
      return paced.pace;
    });
    if (pace) this.#paces.set(id, pace);
  }

  /** Saves the current text as a version. @throws ForedraftError `not-found` */
  addVersion(id: string, reason: VersionReason): void {
    this.#database.write('save the version', () => this.#addVersion(id, this.#document(id).text, reason));
    this.#paces.set(id, newPace(this.#clock()));
  }

  /** @throws ForedraftError `not-found` */
  rename(id: string, title: string): void {
    this.#change('rename the document', () => {
      this.#document(id);
      this.#documents.rename(id, title);
    });
  }

  /** Marks a document as deleted; `restore` undoes that for 30 days of use. @throws ForedraftError `not-found` */
  delete(id: string): void {
    this.#change('delete the document', () => {
      this.#document(id);
      this.#documents.markDeleted(id, { at: this.#now(), useDay: this.#useDay });
    });
    this.#paces.delete(id);
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
    const restored = this.#change('restore the version', () => {
      const text = this.#versionText(id, versionId);
      this.#addVersion(id, this.#document(id).text, 'restored');
      this.#documents.write(id, text, this.#now());
      return this.#document(id);
    });
    this.#paces.set(id, newPace(this.#clock()));
    return restored;
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

  /** Adds `text` as a version, unless it is blank or equals the newest one. */
  #addVersion(id: string, text: string, reason: VersionReason): void {
    if (text.trim() !== '') this.#versions.add(id, text, { id: randomUUID(), reason, keptAt: this.#now() });
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
