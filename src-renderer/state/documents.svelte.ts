import type { Api } from '../../src-main/contract/api.ts';
import type { DocumentSummary, NewAction, OwnAction } from '../../src-main/contract/document.ts';
import { maximumPassageLength } from '../../src-main/contract/document.ts';
import { decide, type Decision } from '../components/document/editor/rewrite-commands.ts';
import { ask } from './ask.ts';
import { instructed, type BuiltInAction, type RewriteAction } from './document-actions.ts';
import { OpenDocument } from './document-open.svelte.ts';
import { OwnActions } from './document-own-actions.svelte.ts';
import { DocumentRewrite, type RewriteAsked } from './document-rewrite.svelte.ts';
import { DocumentVersions } from './document-versions.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { Preferences } from './preferences.svelte.ts';
import { passageFor } from './rewrite-passage.ts';
import { askedFor, placeIn } from './undecided-rewrite.ts';

/** The documents beside the conversations, and every action on them. */
export class Documents {
  list = $state.raw<readonly DocumentSummary[]>([]);
  loaded = $state.raw(false);
  /** Whether the document is in sight. */
  inSight = $state.raw(false);
  opened = $state.raw<OpenDocument | null>(null);
  rewrite = $state.raw<DocumentRewrite | null>(null);
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
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #preferences: Preferences;
  #opening = 0;

  constructor(api: Api, notices: Notices, preferences: Preferences) {
    this.#api = api;
    this.#notices = notices;
    this.#preferences = preferences;
    this.own = new OwnActions(api, notices);
  }

  /** Whether there is a text in sight that could be rewritten. */
  get canRewrite(): boolean {
    return this.inSight && this.opened !== null && this.versions === null;
  }

  /** Listens to main; the returned function stops listening. */
  listen(): () => void {
    const stops = [
      this.#api.on('documents-changed', (list) => (this.list = list)),
      this.#api.on('rewrite-events', ({ rewriteId, position, events }) =>
        this.rewrite?.apply(rewriteId, position, events),
      ),
      this.#api.on('rewrite-settled', ({ rewrite }) => this.rewrite?.settle(rewrite)),
    ];
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
      await this.#takeUpRewrite();
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

  /** Has the model rewrite the selection. */
  async start(asked: RewriteAsked): Promise<void> {
    if (!this.opened || this.rewrite?.state === 'starting') return;
    this.rewrite?.close();
    this.rewrite = new DocumentRewrite(this.#api, this.opened, asked, this.#preferences.value);
    this.focusRequests += 1;
    await this.rewrite.start();
  }

  /** Has the model read what `action` would be done with, so that it begins sooner once it is chosen. */
  async prepare(action: RewriteAction): Promise<void> {
    if (!this.opened || this.rewrite?.state === 'starting' || this.rewrite?.state === 'writing') return;
    const passage = passageFor(this.opened.editor, action);
    const { length } = passage.selection.trim();
    if (length === 0 || length > maximumPassageLength) return;
    try {
      await ask(this.#api, 'rewrite-prepare', passage);
    } catch {
      // Nobody asked for it: what is wrong is told when the action is chosen.
    }
  }

  /** `name`: of the action, in words of the window's language. */
  async startBuiltIn(action: BuiltInAction, name: string): Promise<void> {
    await this.start({ action, name });
  }

  async startOwn({ name, instruction }: Pick<OwnAction, 'name' | 'instruction'>): Promise<void> {
    await this.start({ action: instructed({ instruction }), name });
  }

  /** Opens the dialog in which an own action with this instruction is given its name. */
  writeOwn(instruction: string): void {
    const name = [...instruction].slice(0, 40).join('');
    this.newOwn = { name, instruction, shortcut: null };
    this.dialog = 'own';
  }

  /** Rewrites the passage of the last rewrite again. */
  async startAgain(): Promise<void> {
    const { rewrite, opened } = this;
    if (!rewrite || !opened) return;
    const shown = opened.editor.shown;
    if (shown) opened.editor.dispatch({ selection: { anchor: shown.from, head: shown.to } });
    await this.start(rewrite.asked);
  }

  /** Accepts or rejects changes; tells whether there was something to decide. */
  decide(what: Decision): boolean {
    return this.rewrite?.decide(what) ?? this.opened?.editor.run(decide(what)) ?? false;
  }

  /** Leaves the rewrite alone; what isn't decided stays as it was. */
  dismissRewrite(): void {
    this.rewrite?.close();
    this.rewrite = null;
    this.focusRequests += 1;
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
    this.rewrite?.close();
    this.rewrite = null;
    this.opened?.editor.replaceAll(text);
    this.hideVersions();
  }

  /** Where the window was loaded anew in the middle of a rewrite, it is there again. */
  async #takeUpRewrite(): Promise<void> {
    const { opened } = this;
    const undecided = await ask(this.#api, 'rewrite-undecided', undefined);
    if (undecided === null || opened !== this.opened || opened?.id !== undecided.rewrite.documentId) return;
    const place = placeIn(opened.editor.text, undecided);
    if (place === null || this.rewrite !== null) return;
    opened.editor.dispatch({ selection: { anchor: place.from, head: place.to } });
    const asked = askedFor(undecided.rewrite, this.own.list);
    this.rewrite = new DocumentRewrite(this.#api, opened, asked, this.#preferences.value);
    this.rewrite.takeUp(undecided);
  }

  /** Remembers whether the document is in sight. */
  #see(inSight: boolean): void {
    if (this.inSight === inSight) return;
    this.inSight = inSight;
    if (this.#preferences.value.documentInSight !== inSight)
      void this.#preferences.change({ documentInSight: inSight });
  }

  #take(document: OpenDocument): void {
    this.rewrite?.close();
    this.rewrite = null;
    this.versions = null;
    this.opened = document;
    this.focusRequests += 1;
  }
}
