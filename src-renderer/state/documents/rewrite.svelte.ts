import type { Api } from '../../../src-main/contract/api.ts';
import type { NewRewrite, RewriteOutcome, PendingRewrite } from '../../../src-main/contract/document.ts';
import { maximumPassageLength } from '../../../src-main/contract/document.ts';
import type { RecordedRun, RewriteOwner } from '../../../src-main/contract/run.ts';
import { ForedraftError, reportOf, type ErrorReport } from '../../../src-main/contract/error.ts';
import { rewriteChanges } from './editor/rewrite-changes.ts';
import { decide, type Decision } from './editor/rewrite-commands.ts';
import { isOpen, showRewrite, type ShownRewrite } from './editor/rewrite-field.ts';
import { ask } from '../shell/ask.ts';
import type { BuiltInAction, RewriteAction, RewriteComparison } from './actions.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import { Repeating } from './repeating.ts';
import type { LiveRun } from '../runs/live-run.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import { RewriteTexts } from './rewrite-texts.svelte.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';
import { passageFor, placeFor } from './rewrite-passage.ts';
import { rewrittenText } from './rewritten-text.ts';

/** How many texts are asked for where a person asks for others. */
const alternatives = 4;

export interface RewriteAsked {
  readonly action: RewriteAction | BuiltInAction;
  /** In words of the window's language; '' for that of a built-in action. */
  readonly name: string;
}

/** One passage that is being rewritten, from the request until everything is decided. */
export class DocumentRewrite {
  readonly asked: RewriteAsked;
  readonly texts: RewriteTexts;
  /** `starting`: not taken by main yet; `ended`: nothing is left to wait for or to decide. */
  state = $state.raw<'starting' | 'writing' | 'deciding' | 'ended'>('starting');
  error = $state.raw<ErrorReport | null>(null);
  /** True while more texts are written; what is there can be decided meanwhile. */
  seekingOthers = $state.raw(false);
  readonly #api: Api;
  readonly #document: OpenDocument;
  readonly #request: Omit<NewRewrite, 'documentId' | 'alternatives'>;
  readonly #painting = new Repeating(() => this.#paint());
  #comparison: RewriteComparison;
  readonly #outcomes: Record<string, RewriteOutcome> = {};

  constructor(
    api: Api,
    document: OpenDocument,
    asked: RewriteAsked,
    preferences: Preferences['value'],
    runs: LiveRuns,
  ) {
    this.texts = new RewriteTexts(runs);
    this.#api = api;
    this.#document = document;
    this.asked = asked;
    this.#comparison = asked.action.comparison;
    const { strategy, maxTokens } = preferences;
    this.#request = { ...passageFor(document.editor, asked.action), strategy, maxTokens };
  }

  /** Marks the passage and asks for its first text. */
  async start(): Promise<void> {
    this.#mark();
    await this.#begin(1);
  }

  /** Marks the passage and goes on with a rewrite of it that main had begun before the window was there. */
  resume({ rewrite }: PendingRewrite): void {
    this.#mark();
    this.state = 'writing';
    this.texts.begin(rewrite);
    this.#settle(rewrite.id);
    if (this.state === 'writing') this.#paint();
  }

  /** Asks for other texts to choose from. */
  async seekOthers(): Promise<void> {
    if (this.seekingOthers || this.state !== 'deciding') return;
    this.seekingOthers = true;
    await this.#begin(alternatives);
  }

  /** Shows what a run of this rewrite has added. */
  grow(live: LiveRun): void {
    this.texts.grow(live);
    if (this.state === 'writing') this.#painting.soon();
  }

  /** Takes on a run that started or ended. */
  changeRun(run: RecordedRun, { rewriteId }: RewriteOwner): void {
    this.texts.changeRun(run, rewriteId);
    this.#settle(rewriteId);
  }

  /** Ends what is being written; its text so far stays to be decided. */
  async stop(): Promise<void> {
    const id = this.texts.runningId;
    if (id === null) return;
    await this.#guard(() => ask(this.#api, 'rewrite-stop', { id }));
  }

  /** Shows the text `offset` places after the one that is shown. */
  showOther(offset: number): void {
    const { shown } = this.#document.editor;
    if (this.state === 'writing' || !shown || !this.texts.choose(offset)) return;
    this.state = 'deciding';
    this.#showText(shown, false);
    this.#noticed();
  }

  /** Accepts or rejects changes; main is told before the first one comes into the text. */
  decide(what: Decision): boolean {
    const { editor, saver } = this.#document;
    const { shown } = editor;
    if (!isOpen(shown) || shown.growing) return false;
    if (what.startsWith('accept') && shown.accepted === 0) {
      void saver.flush();
      this.#tell(shown.rewriteId, 'partly');
    }
    return editor.run(decide(what));
  }

  /** Leaves what isn't decided as it is in the text. */
  close(): void {
    void this.stop();
    this.#painting.stop();
    const { shown } = this.#document.editor;
    for (const id of this.texts.ids)
      if ((this.#outcomes[id] ?? 'open') === 'open') this.#tell(id, 'rejected');
    this.#document.editor.watchRewrite(null);
    if (shown) this.#show(null);
    this.state = 'ended';
  }

  /** Looks at what became of the changes, which an undo may bring back. */
  #noticed(): void {
    const { shown } = this.#document.editor;
    if (this.state !== 'deciding' && this.state !== 'ended') return;
    this.state = isOpen(shown) ? 'deciding' : 'ended';
    if (shown && shown.rewriteId !== '') this.#tell(shown.rewriteId, outcomeOf(shown));
  }

  #mark(): void {
    const { editor } = this.#document;
    const { from, to } = placeFor(editor, this.asked.action);
    const shown = { rewriteId: '', from, to, written: from, growing: true, changes: [] };
    editor.watchRewrite(() => this.#noticed());
    this.#show({ ...shown, current: 0, accepted: 0, rejected: 0 });
    // What changes is to be seen, and not that it was selected.
    editor.dispatch({ selection: { anchor: from } });
  }

  async #begin(count: number): Promise<void> {
    const taken = await this.#guard(async () => {
      const { length } = this.#request.selection;
      if (length > maximumPassageLength) {
        const message = `The selection has ${length} characters, and at most ${maximumPassageLength} can be rewritten: select less.`;
        throw new ForedraftError('prompt-too-long', message, { length });
      }
      const request = { ...this.#request, documentId: await this.#document.keep(), alternatives: count };
      const rewrite = await ask(this.#api, 'rewrite-start', request);
      if (this.state === 'starting') this.state = 'writing';
      this.texts.begin(rewrite);
      this.#settle(rewrite.id);
    });
    if (!taken) this.seekingOthers = false;
    if (!taken && this.state === 'starting') this.#finish();
    // Closed while main was asked.
    if (taken && this.state === 'ended') await this.stop();
  }

  /** Offers the texts of the rewrite `id` once all of its runs have ended. */
  #settle(id: string): void {
    const first = this.state === 'writing';
    const texts = this.texts.settle(id);
    if (texts === null) return;
    this.seekingOthers = false;
    const failed = texts.find(({ error }) => error !== null)?.error ?? null;
    if (failed) this.error = failed;
    if (first) this.#finish();
  }

  #finish(): void {
    this.#painting.stop();
    const { shown } = this.#document.editor;
    this.state = 'deciding';
    if (shown) this.#showText(shown, false);
    this.#noticed();
  }

  #paint(): void {
    const { shown } = this.#document.editor;
    if (shown && this.state === 'writing') this.#showText(shown, true);
  }

  #showText(shown: ShownRewrite, growing: boolean): void {
    const { selection, mode } = this.#request;
    const { from, to } = shown;
    const before = this.#document.editor.state.sliceDoc(from, to);
    const chosen = this.texts.chosen;
    const answer = chosen ? rewrittenText(selection, chosen.text, mode) : '';
    // Blanks at the end of what is written are nothing yet.
    const after = growing ? answer.trimEnd() : answer;
    const nothing = mode === 'replace' && after.trim() === '';
    const { changes, written, comparison } = nothing
      ? { changes: [], written: growing ? from : to, comparison: this.#comparison }
      : rewriteChanges(from, before, after, this.#comparison, growing);
    if (growing) this.#comparison = comparison;
    const rewriteId = chosen?.rewriteId ?? shown.rewriteId;
    this.#show({ ...shown, rewriteId, written, growing, changes, current: 0 });
  }

  #show(shown: ShownRewrite | null): void {
    this.#document.editor.dispatch({ effects: showRewrite.of(shown) });
  }

  #tell(id: string, outcome: RewriteOutcome): void {
    if ((this.#outcomes[id] ?? 'open') === outcome) return;
    this.#outcomes[id] = outcome;
    void this.#guard(() => ask(this.#api, 'rewrite-decide', { id, outcome }));
  }

  async #guard(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.error = reportOf(error, 'runtime-failed');
      return false;
    }
  }
}

/** What becomes of a rewrite by what was decided so far. */
function outcomeOf(shown: ShownRewrite): RewriteOutcome {
  const { accepted, rejected } = shown;
  if (isOpen(shown)) return accepted > 0 ? 'partly' : 'open';
  if (accepted === 0) return 'rejected';
  return rejected === 0 ? 'accepted' : 'partly';
}
