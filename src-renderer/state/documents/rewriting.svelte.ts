import type { Api } from '../../../src-main/contract/api.ts';
import type { CustomAction } from '../../../src-main/contract/document.ts';
import { maximumPassageLength } from '../../../src-main/contract/document.ts';
import { decide, type Decision } from './editor/rewrite-commands.ts';
import { ask } from '../shell/ask.ts';
import { instructed, type BuiltInAction, type RewriteAction } from './actions.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import { DocumentRewrite, type RewriteAsked } from './rewrite.svelte.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import { passageFor } from './rewrite-passage.ts';
import { askedFor, placeIn } from './pending-rewrite.ts';

/** Where rewriting finds the open document. */
export interface DocumentPlace {
  readonly opened: OpenDocument | null;
  readonly customActions: { readonly list: readonly CustomAction[] };
  /** Grows by one whenever the text is to have the keyboard. */
  focusRequests: number;
}

/** What the model rewrites in the open document: one passage at a time. */
export class DocumentRewriting {
  /** The rewrite that is written or decided, or was last. */
  current = $state.raw<DocumentRewrite | null>(null);
  readonly #api: Api;
  readonly #place: DocumentPlace;
  readonly #preferences: Preferences;
  readonly #runs: LiveRuns;

  constructor(api: Api, place: DocumentPlace, preferences: Preferences, runs: LiveRuns) {
    this.#api = api;
    this.#place = place;
    this.#preferences = preferences;
    this.#runs = runs;
  }

  /** Listens to main; the returned function stops listening. */
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

  /** Has the model rewrite the selection. */
  async start(asked: RewriteAsked): Promise<void> {
    const { opened } = this.#place;
    if (!opened || this.current?.state === 'starting') return;
    this.current?.close();
    this.current = new DocumentRewrite(this.#api, opened, asked, this.#preferences.value, this.#runs);
    this.#place.focusRequests += 1;
    await this.current.start();
  }

  /** `name`: of the action, in words of the window's language. */
  async startBuiltIn(action: BuiltInAction, name: string): Promise<void> {
    await this.start({ action, name });
  }

  async startCustom({ name, instruction }: Pick<CustomAction, 'name' | 'instruction'>): Promise<void> {
    await this.start({ action: instructed({ instruction }), name });
  }

  /** Rewrites the passage of the last rewrite again. */
  async startAgain(): Promise<void> {
    const { current } = this;
    const { opened } = this.#place;
    if (!current || !opened) return;
    const shown = opened.editor.shown;
    if (shown) opened.editor.dispatch({ selection: { anchor: shown.from, head: shown.to } });
    await this.start(current.asked);
  }

  /** Has the model read what `action` would be done with, so that it begins sooner once it is chosen. */
  async prepare(action: RewriteAction): Promise<void> {
    const { opened } = this.#place;
    if (!opened || this.current?.state === 'starting' || this.current?.state === 'writing') return;
    const passage = passageFor(opened.editor, action);
    const { length } = passage.selection.trim();
    if (length === 0 || length > maximumPassageLength) return;
    try {
      await ask(this.#api, 'rewrite-prepare', passage);
    } catch {
      // Nobody asked for it: what is wrong is told when the action is chosen.
    }
  }

  /**
   * Where the window was loaded anew in the middle of a rewrite, it is there again.
   * @throws ForedraftError where main refuses
   */
  async resume(): Promise<void> {
    const { opened } = this.#place;
    const undecided = await ask(this.#api, 'rewrite-pending', undefined);
    if (undecided === null || opened !== this.#place.opened) return;
    if (opened?.id !== undecided.rewrite.documentId) return;
    const range = placeIn(opened.editor.text, undecided);
    if (range === null || this.current !== null) return;
    opened.editor.dispatch({ selection: { anchor: range.from, head: range.to } });
    const asked = askedFor(undecided.rewrite, this.#place.customActions.list);
    this.current = new DocumentRewrite(this.#api, opened, asked, this.#preferences.value, this.#runs);
    this.current.resume(undecided);
  }

  /** Accepts or rejects changes; tells whether there was something to decide. */
  decide(what: Decision): boolean {
    return this.current?.decide(what) ?? this.#place.opened?.editor.run(decide(what)) ?? false;
  }

  /** Leaves the rewrite alone; what isn't decided stays as it was. */
  close(): void {
    this.current?.close();
    this.current = null;
  }

  /** As `close`, when a person did it: the text has the keyboard again. */
  dismiss(): void {
    this.close();
    this.#place.focusRequests += 1;
  }
}
