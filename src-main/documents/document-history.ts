import { randomUUID } from 'node:crypto';
import type {
  Document,
  DocumentSummary,
  DocumentVersion,
  NewAction,
  CustomAction,
  VersionReason,
} from '../contract/document.ts';
import { ForedraftError } from '../contract/error.ts';
import { deletedKeptMs } from '../contract/conversation.ts';
import { writeAndNotify } from '../database/write-and-notify.ts';
import type { HistoryDatabase } from '../database/database.ts';
import { DocumentVersionRows } from './version-rows.ts';
import { DocumentRows } from './document-rows.ts';
import { CustomActionRows } from './custom-action-rows.ts';

export interface DocumentHistoryOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told the whole list, last changed first, after each change of it. */
  readonly onChanged?: ((documents: readonly DocumentSummary[]) => void) | undefined;
}

/** How long nobody must have written for the text to be kept as a version, in milliseconds. */
const pauseMs = 60_000;

/** Every document, the texts it had, and a person's own actions. Failures are ForedraftErrors, and leave everything as it was. */
export class DocumentHistory {
  readonly #database: HistoryDatabase;
  readonly #options: DocumentHistoryOptions;
  readonly #documents: DocumentRows;
  readonly #versions: DocumentVersionRows;
  readonly #actions: CustomActionRows;

  constructor(database: HistoryDatabase, options: DocumentHistoryOptions) {
    this.#database = database;
    this.#options = options;
    const { connection } = database;
    this.#documents = database.read('read the documents', () => new DocumentRows(connection));
    this.#versions = database.read('read the versions', () => new DocumentVersionRows(connection));
    this.#actions = database.read('read the actions', () => new CustomActionRows(connection));
    database.write('open the documents', () => this.#documents.removeDeleted(options.now() - deletedKeptMs));
  }

  /** Last changed first, without deleted ones. */
  list(): readonly DocumentSummary[] {
    return this.#database.read('list the documents', () => this.#documents.list());
  }

  create(title: string, text: string): Document {
    const createdAt = this.#options.now();
    const id = randomUUID();
    return this.#change('keep a new document', () => {
      this.#documents.insert({ id, title, text, beginning: '', createdAt, updatedAt: createdAt });
      return this.#document(id);
    });
  }

  /** A document as it is; how it was found is kept as a version. @throws ForedraftError `not-found` */
  open(id: string): Document {
    return this.#database.write('open the document', () => {
      const document = this.#document(id);
      this.#keepVersion(document, 'opened');
      return document;
    });
  }

  /** The text of a document as it was saved last. @throws ForedraftError `not-found` */
  textOf(id: string): string {
    return this.#database.read('read the document', () => this.#document(id).text);
  }

  /** Puts `text` in place of the document's; after a pause, what was there is kept. @throws ForedraftError `not-found` */
  write(id: string, text: string): void {
    this.#change('keep the document', () => {
      const document = this.#document(id);
      if (document.text === text) return;
      const now = this.#options.now();
      if (now - document.updatedAt >= pauseMs) this.#keepVersion(document, 'pause');
      this.#documents.write(id, text, now);
    });
  }

  /** Keeps the text as it is as a version. @throws ForedraftError `not-found` */
  keepVersion(id: string, reason: VersionReason): void {
    this.#database.write('keep the version', () => this.#keepVersion(this.#document(id), reason));
  }

  /** @throws ForedraftError `not-found` */
  rename(id: string, title: string): void {
    this.#change('rename the document', () => {
      this.#document(id);
      this.#documents.rename(id, title);
    });
  }

  /** Marks a document as deleted: `restore` brings it back for 30 days. @throws ForedraftError `not-found` */
  delete(id: string): void {
    this.#change('delete the document', () => {
      this.#document(id);
      this.#documents.markDeleted(id, this.#options.now());
    });
  }

  /** Brings a deleted document back as it was. @throws ForedraftError `not-found` */
  restore(id: string): Document {
    return this.#change('bring back the document', () => {
      if (!this.#documents.exists(id)) throw noDocument(id);
      this.#documents.markDeleted(id, null);
      return this.#document(id);
    });
  }

  /** The texts that a document had, newest first. @throws ForedraftError `not-found` */
  versions(id: string): readonly DocumentVersion[] {
    return this.#database.read('list the versions', () => this.#versions.list(this.#document(id).id));
  }

  /** @throws ForedraftError `not-found` */
  versionText(id: string, versionId: string): string {
    return this.#database.read('open the version', () => this.#versionText(id, versionId));
  }

  /** Puts the text of a version in the place of the document's, which is kept. @throws ForedraftError `not-found` */
  restoreVersion(id: string, versionId: string): Document {
    return this.#change('bring back the version', () => {
      const text = this.#versionText(id, versionId);
      this.#keepVersion(this.#document(id), 'restored');
      this.#documents.write(id, text, this.#options.now());
      return this.#document(id);
    });
  }

  actions(): readonly CustomAction[] {
    return this.#database.read('list the actions', () => this.#actions.list());
  }

  /** Keeps an action, a new one where `id` is null; who had its shortcut loses it. */
  saveAction(id: string | null, action: NewAction): readonly CustomAction[] {
    return this.#database.write('keep the action', () => {
      this.#actions.write({ ...action, id: id ?? randomUUID() });
      return this.#actions.list();
    });
  }

  deleteAction(id: string): readonly CustomAction[] {
    return this.#database.write('delete the action', () => {
      this.#actions.remove(id);
      return this.#actions.list();
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

  #keepVersion({ id, text }: Document, reason: VersionReason): void {
    if (text.trim() === '' || this.#versions.newestText(id) === text) return;
    this.#versions.insert(id, text, { id: randomUUID(), reason, keptAt: this.#options.now() });
  }

  #change<T>(doing: string, work: () => T): T {
    return writeAndNotify(this.#database, doing, work, () => this.#options.onChanged?.(this.list()));
  }
}

function noDocument(id: string): ForedraftError {
  return new ForedraftError('not-found', `There is no document ${id}: choose another one from the list.`, {
    id,
  });
}
