import type { Api } from '../../../src-main/contract/api.ts';
import type { DocumentVersion } from '../../../src-main/contract/document.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** The stored versions of a document. */
export class DocumentVersions {
  readonly documentId: string;
  list = $state.raw<readonly DocumentVersion[]>([]);
  loaded = $state.raw(false);
  /** The version shown, with its text. */
  shown = $state.raw<{ readonly id: string; readonly text: string } | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;
  #openings = 0;

  constructor(api: Api, notices: Notices, documentId: string) {
    this.#api = api;
    this.#notices = notices;
    this.documentId = documentId;
  }

  /** Reads the list and shows the newest version. */
  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'document-versions', { id: this.documentId });
    });
    this.loaded = true;
    const newest = this.list[0];
    if (newest) await this.show(newest.id);
  }

  async show(versionId: string): Promise<void> {
    const opening = ++this.#openings;
    await this.#notices.guard(async () => {
      const text = await ask(this.#api, 'document-version-open', { id: this.documentId, versionId });
      if (opening === this.#openings) this.shown = { id: versionId, text };
    });
  }

  /** Restores the version shown; returns its text, or null if that failed. */
  async restore(): Promise<string | null> {
    const versionId = this.shown?.id;
    if (versionId === undefined) return null;
    let text: string | null = null;
    await this.#notices.guard(async () => {
      ({ text } = await ask(this.#api, 'document-version-restore', { id: this.documentId, versionId }));
    });
    return text;
  }
}
