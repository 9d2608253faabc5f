import type { Api } from '../../../src-main/contract/api.ts';
import type { DocumentSummary, NewAction } from '../../../src-main/contract/document.ts';
import { ask } from '../shell/ask.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';
import type { ShellState } from '../shell/shell-state.svelte.ts';
import { titleWithin } from '../shell/title.ts';
import { CustomActions } from './custom-actions.svelte.ts';
import { DocumentVersions } from './document-versions.svelte.ts';
import { OpenDocument } from './open-document.svelte.ts';
import { DocumentRewriting } from './document-rewriting.svelte.ts';
import { firstCharacters } from '../../../src-main/contract/graphemes.ts';

/** The document pane: the open document, the list of all, and every action on them. */
export class DocumentsState {
  list = $state.raw<readonly DocumentSummary[]>([]);
  loaded = $state.raw(false);
  /** Whether the pane is shown. */
  visible = $state.raw(false);
  opened = $state.raw<OpenDocument | null>(null);
  /** The versions of the open document, while they are shown instead of the text. */
  versions = $state.raw<DocumentVersions | null>(null);
  /** The document deleted last, which can be restored. */
  deleted = $state.raw<DocumentSummary | null>(null);
  /** The dialog over the document: the action menu, or the editor of custom actions. */
  dialog = $state.raw<'actions' | 'custom' | null>(null);
  /** Initial values of the form for a custom action, if one was requested. */
  newAction = $state.raw<NewAction | null>(null);
  /** Incremented whenever the text should take the focus. */
  focusRequests = $state.raw(0);
  readonly customActions: CustomActions;
  readonly rewriting: DocumentRewriting;
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #preferences: Preferences;
  #openings = 0;

  constructor(
    api: Api,
    { notices, preferences }: Pick<ShellState, 'notices' | 'preferences'>,
    runs: LiveRuns,
  ) {
    this.#api = api;
    this.#notices = notices;
    this.#preferences = preferences;
    this.customActions = new CustomActions(api, notices);
    this.rewriting = new DocumentRewriting(api, this, preferences, runs);
  }

  /** Whether a text that could be rewritten is shown. */
  get canRewrite(): boolean {
    return this.visible && this.opened !== null && this.versions === null;
  }

  /** Subscribes to main; the returned function unsubscribes. */
  listen(): () => void {
    const stops = [this.#api.on('documents-changed', (list) => (this.list = list)), this.rewriting.listen()];
    return () => stops.forEach((stop) => stop());
  }

  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'document-list', undefined);
    });
    await this.customActions.load();
    this.loaded = true;
    await this.#notices.guard(() => this.#preferences.load());
    if (this.#preferences.value.documentInSight) await this.show();
  }

  /** Shows the pane with the open document, else the one changed last, else a new one. */
  async show(): Promise<void> {
    this.#setVisible(true);
    this.focusRequests += 1;
    if (this.opened) return;
    const newest = this.list[0];
    if (newest) await this.open(newest.id);
    if (!this.opened) this.#replace(new OpenDocument(this.#api, null));
  }

  hide(): void {
    this.#setVisible(false);
    void this.flush();
  }

  /** Shows a new document; it is stored from its first letter on. */
  async startNew(): Promise<void> {
    const opening = ++this.#openings;
    if (!(await this.flush()) || opening !== this.#openings) return;
    this.#setVisible(true);
    this.#replace(new OpenDocument(this.#api, null));
  }

  async open(id: string): Promise<void> {
    const opening = ++this.#openings;
    this.#setVisible(true);
    this.focusRequests += 1;
    if (this.opened?.id === id || !(await this.flush())) return;
    await this.#notices.guard(async () => {
      const document = await ask(this.#api, 'document-open', { id });
      if (opening !== this.#openings) return;
      this.#replace(new OpenDocument(this.#api, document));
      await this.rewriting.resume();
    });
  }

  async rename(id: string, title: string): Promise<void> {
    const trimmed = titleWithin(title);
    await this.#notices.guard(async () => {
      await ask(this.#api, 'document-rename', { id, title: trimmed });
    });
  }

  /** Deletes a document; `restoreDeleted` restores it. */
  async delete(id: string): Promise<void> {
    const open = this.opened?.id === id;
    if (open && !(await this.flush())) return;
    const document = this.list.find((summary) => summary.id === id) ?? null;
    await this.#notices.guard(async () => {
      await ask(this.#api, 'document-delete', { id });
      this.deleted = document;
      if (!open) return;
      this.opened?.saver.close();
      this.#replace(new OpenDocument(this.#api, null));
    });
  }

  async restoreDeleted(): Promise<void> {
    const id = this.deleted?.id;
    if (id === undefined) return;
    await this.#notices.guard(async () => {
      await ask(this.#api, 'document-restore', { id });
      this.deleted = null;
    });
    if (this.deleted === null) await this.open(id);
  }

  /** Inserts `text` into the open document after the paragraph with the cursor, or into a new document. */
  async insert(text: string): Promise<void> {
    await this.show();
    this.versions = null;
    this.opened?.editor.insertParagraph(text);
  }

  /** The text of the open document while main hasn't stored it; null once it has. */
  get unsaved(): string | null {
    return this.opened === null || this.opened.saver.state === 'saved' ? null : this.opened.editor.text;
  }

  /** Saves unsaved changes; returns whether everything is saved, and shows the error if not. */
  async flush(): Promise<boolean> {
    const saver = this.opened?.saver;
    if (!saver || (await saver.flush())) return true;
    if (saver.error) this.#notices.current = saver.error;
    return false;
  }

  /** Opens the form for a custom action with this instruction. */
  addCustomAction(instruction: string): void {
    const name = firstCharacters(instruction, 40);
    this.newAction = { name, instruction, shortcut: null, strategy: null };
    this.dialog = 'custom';
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

  /** Replaces the text by the version shown; that can be undone like typing. */
  async restoreVersion(): Promise<void> {
    const text = await this.versions?.restore();
    if (typeof text !== 'string') return;
    this.rewriting.close();
    this.opened?.editor.replaceAll(text);
    this.hideVersions();
  }

  #setVisible(visible: boolean): void {
    if (this.visible === visible) return;
    this.visible = visible;
    if (this.#preferences.value.documentInSight !== visible)
      void this.#preferences.change({ documentInSight: visible });
  }

  #replace(document: OpenDocument): void {
    this.rewriting.close();
    this.versions = null;
    this.opened = document;
    this.focusRequests += 1;
  }
}
