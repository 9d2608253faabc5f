import type { Api } from '../../../src-main/contract/api.ts';
import type { DocumentVersion } from '../../../src-main/contract/document.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** The texts that one document had, while they are looked at. */
export class DocumentVersions {
  readonly documentId: string;
  list = $state.raw<readonly DocumentVersion[]>([]);
  loaded = $state.raw(false);
  /** The one that is looked at, with its text. */
  looked = $state.raw<{ readonly id: string; readonly text: string } | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;
  #turn = 0;

  constructor(api: Api, notices: Notices, documentId: string) {
    this.#api = api;
    this.#notices = notices;
    this.documentId = documentId;
  }

  /** Reads the list and looks at the newest. */
  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'document-versions', { id: this.documentId });
    });
    this.loaded = true;
    const newest = this.list[0];
    if (newest) await this.look(newest.id);
  }

  async look(versionId: string): Promise<void> {
    const turn = ++this.#turn;
    await this.#notices.guard(async () => {
      const text = await ask(this.#api, 'document-version-open', { id: this.documentId, versionId });
      if (turn === this.#turn) this.looked = { id: versionId, text };
    });
  }

  /** Puts the version that is looked at in the document's place; its text, or null where that failed. */
  async restore(): Promise<string | null> {
    const versionId = this.looked?.id;
    if (versionId === undefined) return null;
    let text: string | null = null;
    await this.#notices.guard(async () => {
      ({ text } = await ask(this.#api, 'document-version-restore', { id: this.documentId, versionId }));
    });
    return text;
  }
}
