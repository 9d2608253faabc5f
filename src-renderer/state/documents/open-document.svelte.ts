import type { Api } from '../../../src-main/contract/api.ts';
import type { Document } from '../../../src-main/contract/document.ts';
import { maximumDocumentLength } from '../../../src-main/contract/document.ts';
import { ForedraftError } from '../../../src-main/contract/error.ts';
import { ask } from '../shell/ask.ts';
import { DocumentEditor } from './document-editor.svelte.ts';
import { DocumentSaver } from './document-saver.svelte.ts';

/** The open document. A new one is stored once it has text. */
export class OpenDocument {
  id = $state.raw<string | null>(null);
  readonly editor: DocumentEditor;
  readonly saver: DocumentSaver;
  readonly #api: Api;

  /** @param document null for a new one */
  constructor(api: Api, document: Document | null) {
    this.#api = api;
    this.id = document?.id ?? null;
    this.editor = new DocumentEditor(document?.text ?? '', () => this.saver.changed());
    this.saver = new DocumentSaver(
      () => this.editor.text,
      (text) => this.#write(text),
    );
  }

  /** Stores unsaved text and returns the document's id. @throws ForedraftError if main refuses */
  async store(): Promise<string> {
    if (this.id === null) this.saver.changed();
    if (!(await this.saver.flush()) && this.saver.error) {
      const { code, message, details } = this.saver.error;
      throw new ForedraftError(code, message, details);
    }
    if (this.id !== null) return this.id;
    throw new ForedraftError('not-found', 'The document could not be stored: try again.');
  }

  async #write(text: string): Promise<void> {
    if (text.length > maximumDocumentLength) {
      const message = `The document has ${text.length} characters, and at most ${maximumDocumentLength} can be saved: shorten it.`;
      throw new ForedraftError('message-invalid', message, { length: text.length });
    }
    if (this.id !== null) await ask(this.#api, 'document-write', { id: this.id, text });
    else this.id = (await ask(this.#api, 'document-create', { title: '', text })).id;
  }
}
