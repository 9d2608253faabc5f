import type { Api } from '../../../src-main/contract/api.ts';
import type { CustomAction } from '../../../src-main/contract/document.ts';
import { maximumPassageLength } from '../../../src-main/contract/document.ts';
import { maximumAnswerTokens } from '../../../src-main/contract/generation.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import { ask } from '../shell/ask.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';
import { actionStrategy } from './action-strategies.ts';
import { instructed, type BuiltInAction, type RewriteAction } from './actions.ts';
import { alternatives, DocumentRewrite, type RewriteRequest } from './document-rewrite.svelte.ts';
import { decide, type Decision } from './editor/rewrite-commands.ts';
import { isOpen } from './editor/rewrite-field.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import { placeIn, requestOf } from './pending-rewrite.ts';
import { passageFor } from './rewrite-passage.ts';

/** Closed rewrites that an undo can show again. */
const maxClosed = 50;

/** The pane whose document is rewritten. */
export interface RewritingPane {
  readonly opened: OpenDocument | null;
  readonly customActions: { readonly list: readonly CustomAction[] };
  /** Incremented whenever the text should take the focus. */
  focusRequests: number;
}

/** Rewriting in the open document: one passage at a time. */
export class DocumentRewriting {
  /** The rewrite in progress, or the last one. */
  current = $state.raw<DocumentRewrite | null>(null);
  readonly #api: Api;
  readonly #pane: RewritingPane;
  readonly #preferences: Preferences;
  readonly #runs: LiveRuns;
  /** The document whose rewrites are followed, and those of them that are closed, the last first: undo shows them again. */
  #followed: OpenDocument | null = null;
  #closed: readonly DocumentRewrite[] = [];

  constructor(api: Api, pane: RewritingPane, preferences: Preferences, runs: LiveRuns) {
    this.#api = api;
    this.#pane = pane;
    this.#preferences = preferences;
    this.#runs = runs;
  }

  /** Follows runs; the returned function stops that. */
  listen(): () => void {
    return this.#runs.subscribe({
      changed: (run) => {
        if (run.owner.kind === 'rewrite') this.current?.changeRun(run, run.owner);
      },
      grown: (live) => {
        if (live.owner.kind === 'rewrite') this.current?.grow(live);
      },
    });
  }

  /** Rewrites the selection. */
  async start(request: RewriteRequest): Promise<void> {
    const { opened } = this.#pane;
    if (!opened || this.current?.state === 'starting') return;
    this.close();
    this.current = this.#rewrite(opened, request);
    this.#pane.focusRequests += 1;
    await this.current.start();
  }

  /** @param name of the action, in the window's language */
  async startBuiltIn(action: BuiltInAction, name: string): Promise<void> {
    await this.start({ action, name });
  }

  /** @param custom an instruction alone has the default strategy */
  async startCustom(
    custom: Pick<CustomAction, 'name' | 'instruction'> & Partial<Pick<CustomAction, 'strategy'>>,
  ): Promise<void> {
    await this.start({ action: instructed(custom), name: custom.name });
  }

  /** Rewrites the passage of the last rewrite again. */
  async startAgain(): Promise<void> {
    const { current } = this;
    const { opened } = this.#pane;
    if (!current || !opened) return;
    const shown = opened.editor.shown;
    if (shown) opened.editor.dispatch({ selection: { anchor: shown.from, head: shown.to } });
    await this.start({ ...current.request, attempt: (current.request.attempt ?? 0) + 1 });
  }

  /** Prefills the prompt of `action` on the selection, so that the rewrite starts sooner once it is chosen. */
  async prepare(action: RewriteAction): Promise<void> {
    const { opened } = this.#pane;
    if (!opened || this.current?.state === 'starting' || this.current?.state === 'writing') return;
    const passage = passageFor(opened.editor, action);
    const { length } = passage.selection.trim();
    if (length === 0 || length > maximumPassageLength) return;
    // A prefill is optional: errors are shown when the action is chosen.
    await ask(this.#api, 'rewrite-prepare', { ...passage, purpose: action.purpose }).catch(() => undefined);
  }

  /** Resumes a rewrite that was in progress when the window was reloaded. @throws ForedraftError if main refuses */
  async resume(): Promise<void> {
    const { opened } = this.#pane;
    const pending = await ask(this.#api, 'rewrite-pending', undefined);
    if (pending === null || opened !== this.#pane.opened) return;
    if (opened?.id !== pending.rewrite.documentId) return;
    const range = placeIn(opened.editor.text, pending);
    if (range === null || this.current !== null) return;
    opened.editor.dispatch({ selection: { anchor: range.from, head: range.to } });
    this.current = this.#rewrite(opened, requestOf(pending.rewrite, this.#pane.customActions.list));
    this.current.resume(pending);
  }

  /** Accepts or rejects changes; returns whether there was anything to decide. */
  decide(decision: Decision): boolean {
    return this.current?.decide(decision) ?? this.#pane.opened?.editor.run(decide(decision)) ?? false;
  }

  /** Closes the rewrite; undecided changes are rejected. */
  close(): void {
    const { current } = this;
    if (current === null) return;
    this.#retain(current);
    this.current = null;
    current.close();
  }

  /** Closes a complete rewrite of which nothing is decided; returns whether there was one. */
  undo(): boolean {
    const shown = this.#pane.opened?.editor.shown ?? null;
    const untouched = isOpen(shown) && !shown.growing && shown.accepted + shown.rejected === 0;
    if (!untouched || shown.edited === true || this.current?.state !== 'deciding') return false;
    this.dismiss();
    return true;
  }

  /** As `close`, and focuses the text. */
  dismiss(): void {
    this.close();
    this.#pane.focusRequests += 1;
  }

  #rewrite(opened: OpenDocument, request: RewriteRequest): DocumentRewrite {
    this.#follow(opened);
    const { action, attempt = 0 } = request;
    const settings = this.#preferences.value;
    const strategy = actionStrategy(action, settings, attempt * alternatives);
    // Its length is bounded by the passage and the action, whatever the longest answer is.
    const maxTokens = maximumAnswerTokens;
    return new DocumentRewrite(this.#api, opened, request, { strategy, maxTokens }, this.#runs);
  }

  #follow(opened: OpenDocument): void {
    if (this.#followed === opened) return;
    this.#followed = opened;
    this.#closed = [];
    opened.editor.watchRewrite(() => this.#returned(opened));
  }

  /** Undo and redo may show the changes of a closed rewrite: its bar returns with them. */
  #returned({ editor }: OpenDocument): void {
    const { shown } = editor;
    if (!isOpen(shown) || this.current?.texts.ids.includes(shown.rewriteId) === true) return;
    const back = this.#closed.find(({ texts }) => texts.ids.includes(shown.rewriteId));
    if (back === undefined) return;
    this.#closed = this.#closed.filter((rewrite) => rewrite !== back);
    if (this.current !== null) {
      this.#retain(this.current);
      this.current.close(true);
    }
    this.current = back;
    back.reopen();
  }

  #retain(rewrite: DocumentRewrite): void {
    this.#closed = [rewrite, ...this.#closed].slice(0, maxClosed);
  }
}
