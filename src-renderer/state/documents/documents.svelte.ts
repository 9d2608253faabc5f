import type { Api } from '../../../src-main/contract/api.ts';
import type { DocumentSummary, NewAction } from '../../../src-main/contract/document.ts';
import { ask } from '../shell/ask.ts';
import { OpenDocument } from './open-document.svelte.ts';
import { OwnActions } from './custom-actions.svelte.ts';
import { DocumentRewriting } from './rewriting.svelte.ts';
import { DocumentVersions } from './versions.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';

/** The documents beside the conversations, and every action on them. */
export class Documents {
  list = $state.raw<readonly DocumentSummary[]>([]);
  loaded = $state.raw(false);
  /** Whether the document is in sight. */
  inSight = $state.raw(false);
  opened = $state.raw<OpenDocument | null>(null);
  /** While they are looked at instead of the text. */
  versions = $state.raw<DocumentVersions | null>(null);
  /** The one that was deleted last; it can be brought back. */
  deleted = $state.raw<DocumentSummary | null>(null);
  /** What lies over the document: all actions to choose from, or a person's own to change. */
  dialog = $state.raw<'actions' | 'own' | null>(null);
  /** What a new own action begins with, where somebody asked for one. */
  newOwn = $state.raw<NewAction | null>(null);
  /** Grows by one whenever the text is to have the keyboard. */
  focusRequests = $state.raw(0);
  readonly own: OwnActions;
  readonly rewriting: DocumentRewriting;
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #preferences: Preferences;
  #opening = 0;

  constructor(api: Api, notices: Notices, preferences: Preferences) {
    this.#api = api;
    this.#notices = notices;
    this.#preferences = preferences;
    this.own = new OwnActions(api, notices);
    this.rewriting = new DocumentRewriting(api, this, preferences);
  }

  /** Whether there is a text in sight that could be rewritten. */
  get canRewrite(): boolean {
    return this.inSight && this.opened !== null && this.versions === null;
  }

  /** Listens to main; the returned function stops listening. */
  listen(): () => void {
    const stops = [this.#api.on('documents-changed', (list) => (this.list = list)), this.rewriting.listen()];
    return () => stops.forEach((stop) => stop());
  }

  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'document-list', undefined);
    });
    await this.own.load();
    this.loaded = true;
    await this.#notices.guard(() => this.#preferences.load());
    if (this.#preferences.value.documentInSight) await this.show();
  }

  /** Brings the document into sight: the one that is open, else the one that was changed last, else a new one. */
  async show(): Promise<void> {
    this.#see(true);
    this.focusRequests += 1;
    if (this.opened) return;
    const newest = this.list[0];
    if (newest) await this.open(newest.id);
    if (!this.opened) this.#take(new OpenDocument(this.#api, null));
  }

  hide(): void {
    this.#see(false);
    void this.flush();
  }

  /** Begins a document; it is kept from its first letter on. */
  async startNew(): Promise<void> {
    const turn = ++this.#opening;
    if (!(await this.flush()) || turn !== this.#opening) return;
    this.#see(true);
    this.#take(new OpenDocument(this.#api, null));
  }

  async open(id: string): Promise<void> {
    const turn = ++this.#opening;
    this.#see(true);
    this.focusRequests += 1;
    if (this.opened?.id === id || !(await this.flush())) return;
    await this.#notices.guard(async () => {
      const document = await ask(this.#api, 'document-open', { id });
      if (turn !== this.#opening) return;
      this.#take(new OpenDocument(this.#api, document));
      await this.rewriting.takeUp();
    });
  }

  async rename(id: string, title: string): Promise<void> {
    const trimmed = title.trim().slice(0, 200);
    await this.#notices.guard(async () => {
      await ask(this.#api, 'document-rename', { id, title: trimmed });
    });
  }

  /** Deletes a document; `undelete` brings it back. */
  async delete(id: string): Promise<void> {
    const open = this.opened?.id === id;
    if (open && !(await this.flush())) return;
    const document = this.list.find((kept) => kept.id === id) ?? null;
    await this.#notices.guard(async () => {
      await ask(this.#api, 'document-delete', { id });
      this.deleted = document;
      if (!open) return;
      this.opened?.saver.close();
      this.#take(new OpenDocument(this.#api, null));
    });
  }

  async undelete(): Promise<void> {
    const id = this.deleted?.id;
    if (id === undefined) return;
    await this.#notices.guard(async () => {
      await ask(this.#api, 'document-restore', { id });
      this.deleted = null;
    });
    if (this.deleted === null) await this.open(id);
  }

  /** Puts an answer into the open document behind the paragraph with the cursor, or into a new one. */
  async insert(text: string): Promise<void> {
    await this.show();
    this.versions = null;
    this.opened?.editor.insertParagraph(text);
  }

  /** Saves what isn't saved; tells whether everything is, and shows what went wrong. */
  async flush(): Promise<boolean> {
    const saver = this.opened?.saver;
    if (!saver || (await saver.flush())) return true;
    if (saver.error) this.#notices.current = saver.error;
    return false;
  }

  /** Opens the dialog in which an own action with this instruction is given its name. */
  writeOwn(instruction: string): void {
    const name = [...instruction].slice(0, 40).join('');
    this.newOwn = { name, instruction, shortcut: null };
    this.dialog = 'own';
  }

  async showVersions(): Promise<void> {
    const id = this.opened?.id;
    if (!id || !(await this.flush())) return;
    this.versions = new DocumentVersions(this.#api, this.#notices, id);
    await this.versions.load();
  }

  hideVersions(): void {
    this.versions = null;
    this.focusRequests += 1;
  }

  /** Puts the version that is looked at in the place of the text; that can be undone like typing. */
  async restoreVersion(): Promise<void> {
    const text = await this.versions?.restore();
    if (typeof text !== 'string') return;
    this.rewriting.close();
    this.opened?.editor.replaceAll(text);
    this.hideVersions();
  }

  /** Remembers whether the document is in sight. */
  #see(inSight: boolean): void {
    if (this.inSight === inSight) return;
    this.inSight = inSight;
    if (this.#preferences.value.documentInSight !== inSight)
      void this.#preferences.change({ documentInSight: inSight });
  }

  #take(document: OpenDocument): void {
    this.rewriting.close();
    this.versions = null;
    this.opened = document;
    this.focusRequests += 1;
  }
}
