import type { Api } from '../../../src-main/contract/api.ts';
import type { NewRewrite, PendingRewrite, RewriteOutcome } from '../../../src-main/contract/document.ts';
import { reportOf, type ErrorReport } from '../../../src-main/contract/error.ts';
import type { AnswerSettings } from '../../../src-main/contract/answer-settings.ts';
import type { RecordedRun, RewriteOwner } from '../../../src-main/contract/run.ts';
import type { LiveRun } from '../runs/live-run.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import { TokenLens } from '../runs/token-lens.svelte.ts';
import { ask } from '../shell/ask.ts';
import { withAlternativesStrategy } from './action-strategies.ts';
import type { BuiltInAction, RewriteAction, RewriteComparison } from './actions.ts';
import { changesOf, decide, type Decision } from './editor/rewrite-commands.ts';
import { isOpen, outcomeOf, showRewrite, type ShownRewrite } from './editor/rewrite-field.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import { passageFor, placeFor, requireRewritable } from './rewrite-passage.ts';
import { RewriteTexts } from './rewrite-texts.svelte.ts';
import { rewriteSource } from './rewrite-lens.ts';
import { RewriteOffer } from './rewrite-offer.svelte.ts';
import { ThrottledWork } from './throttled-work.ts';

/** How many texts `loadAlternatives` asks for. */
export const alternatives = 4;

export interface RewriteRequest {
  readonly action: RewriteAction | BuiltInAction;
  /** In the window's language; '' for the name of a built-in action. */
  readonly name: string;
  /** How often the passage was rewritten by the action before; default 0. */
  readonly attempt?: number;
}

/**
 * A passage being rewritten, from the request until every change is accepted or rejected. Main stores the texts and
 * the outcome; the changes and what was decided about them are in the editor (`ShownRewrite`), where undo finds them.
 */
export class DocumentRewrite {
  readonly request: RewriteRequest;
  readonly texts: RewriteTexts;
  readonly offer: RewriteOffer;
  /**
   * `starting`: not accepted by main yet; `withheld`: the text may do harm, and is shown on request only; `ended`:
   * nothing left to wait for or to decide.
   */
  readonly state = $derived.by((): 'starting' | 'writing' | 'withheld' | 'deciding' | 'ended' => {
    if (this.#phase === 'closed') return 'ended';
    if (this.#phase !== 'written') return this.#phase;
    const { shown } = this.#document.editor;
    if (shown && this.offer.withheld) return 'withheld';
    return isOpen(shown) ? 'deciding' : 'ended';
  });
  error = $state.raw<ErrorReport | null>(null);
  /** Whether more texts are being generated; the first can be decided meanwhile. */
  loadingAlternatives = $state.raw(false);
  /** The token lens on the chosen text, while it is open. */
  lens = $state.raw<TokenLens | null>(null);
  #phase = $state.raw<'starting' | 'writing' | 'written' | 'closed'>('starting');
  readonly #api: Api;
  readonly #document: OpenDocument;
  readonly #passage: Omit<NewRewrite, 'documentId' | 'alternatives'>;
  readonly #painting = new ThrottledWork(() => this.#paint());
  #comparison: RewriteComparison;
  #unwatch = (): void => undefined;
  /** As stored, by rewrite. */
  readonly #outcomes: Record<string, RewriteOutcome> = {};

  constructor(
    api: Api,
    document: OpenDocument,
    request: RewriteRequest,
    { strategy, maxTokens }: Pick<AnswerSettings, 'strategy' | 'maxTokens'>,
    runs: LiveRuns,
  ) {
    this.#api = api;
    this.#document = document;
    this.request = request;
    this.texts = new RewriteTexts(runs);
    this.#comparison = request.action.comparison;
    const { purpose } = request.action;
    this.#passage = { ...passageFor(document.editor, request.action), purpose, strategy, maxTokens };
    this.offer = new RewriteOffer(this.#passage, this.texts);
  }

  /** Marks the passage and requests its first text. */
  async start(): Promise<void> {
    this.#mark();
    await this.#begin(1);
  }

  /** Marks the passage and continues a rewrite that started before the window was loaded. */
  resume({ rewrite }: PendingRewrite): void {
    this.#mark();
    this.#phase = 'writing';
    this.texts.begin(rewrite);
    this.#settle(rewrite.id);
    if (this.state === 'writing') this.#paint();
  }

  async loadAlternatives(): Promise<void> {
    if (this.loadingAlternatives || (this.state !== 'deciding' && this.state !== 'withheld')) return;
    this.loadingAlternatives = true;
    await this.#begin(alternatives);
  }

  /** Shows what a run of this rewrite has added. */
  grow(live: LiveRun): void {
    this.texts.grow(live);
    if (this.#phase === 'writing') this.#painting.request();
  }

  /** A run started or ended. */
  changeRun(run: RecordedRun, { rewriteId }: RewriteOwner): void {
    this.texts.changeRun(run, rewriteId);
    this.#settle(rewriteId);
  }

  /** Stops the run in progress; its text so far can be decided. */
  async stop(): Promise<void> {
    const id = this.texts.runningId;
    if (id === null) return;
    await this.#guard(() => ask(this.#api, 'rewrite-stop', { id }));
  }

  /** Opens the token lens on the chosen text, or closes it. */
  toggleLens(): void {
    const run = this.texts.chosenRun;
    if (this.lens !== null || run === undefined) return this.closeLens();
    const { instruction, mode, selection, before, after } = this.#passage;
    const passage = { instruction, mode, selection, before, after };
    this.lens = new TokenLens(rewriteSource(this.#api, passage, run));
    this.lens.takesKeyboard = true;
    void this.lens.load();
  }

  closeLens(): void {
    this.lens?.close();
    this.lens = null;
  }

  /** Shows the text `offset` places after the current one. */
  showOther(offset: number): void {
    const { shown } = this.#document.editor;
    if (this.#phase !== 'written' || !shown || !this.texts.choose(offset)) return;
    this.closeLens();
    this.#showText(shown, false);
    this.#saveDecided();
  }

  /** Shows the changes of a text that was withheld. */
  reveal(): void {
    const { shown } = this.#document.editor;
    if (this.state !== 'withheld' || !shown) return;
    this.offer.reveal();
    this.#showText(shown, false);
  }

  /** Shows the changes of the chosen text that were taken back, as suggestions. */
  showTakenBack(): void {
    const { shown } = this.#document.editor;
    if (this.#phase !== 'written' || !shown || shown.rewriteId === '') return;
    this.offer.unfold();
    this.#showText(shown, false);
    this.#saveDecided();
  }

  /** Accepts or rejects changes; the outcome is stored before the first change is applied. */
  decide(decision: Decision): boolean {
    const { editor, saver } = this.#document;
    const { shown } = editor;
    if (!isOpen(shown) || shown.growing) return false;
    if (changesOf(decision, shown).length === 0) return false;
    if (decision.startsWith('accept') && shown.accepted === 0) {
      void saver.flush();
      this.#saveOutcome(shown.rewriteId, 'partly');
    }
    return editor.run(decide(decision));
  }

  /**
   * Leaves undecided changes out of the text.
   * @param replaced whether the text shows another rewrite already
   */
  close(replaced = false): void {
    this.#unwatch();
    void this.stop();
    this.#painting.cancel();
    this.#phase = 'closed';
    this.closeLens();
    for (const id of this.texts.ids)
      if ((this.#outcomes[id] ?? 'open') === 'open') this.#saveOutcome(id, 'rejected');
    if (!replaced && this.#document.editor.shown) this.#show(null);
  }

  /** An undo has shown its changes in the text again: they are to be decided anew. */
  reopen(): void {
    this.#phase = 'written';
    this.#watch();
    this.#saveDecided();
  }

  #watch(): void {
    this.#unwatch = this.#document.editor.watchRewrite(() => this.#saveDecided());
  }

  /** Stores what was decided so far, which an undo may take back. */
  #saveDecided(): void {
    const { shown } = this.#document.editor;
    if (this.#phase !== 'written' || !shown || shown.rewriteId === '') return;
    this.#saveOutcome(shown.rewriteId, this.state === 'withheld' ? 'open' : outcomeOf(shown));
  }

  #mark(): void {
    const { editor } = this.#document;
    const { from, to } = placeFor(editor, this.request.action);
    const shown = { rewriteId: '', from, to, written: from, growing: true, changes: [] };
    this.#watch();
    this.#show({ ...shown, current: 0, accepted: 0, rejected: 0 });
    // The selection would hide the changes.
    editor.dispatch({ selection: { anchor: from } });
  }

  async #begin(count: number): Promise<void> {
    const accepted = await this.#guard(async () => {
      requireRewritable(this.#passage.selection);
      const asked = count === 1 ? this.#passage : withAlternativesStrategy(this.#passage);
      const request = { ...asked, documentId: await this.#document.store(), alternatives: count };
      const rewrite = await ask(this.#api, 'rewrite-start', request);
      this.texts.begin(rewrite);
      if (this.#phase === 'starting') this.#phase = 'writing';
      this.#settle(rewrite.id);
    });
    if (!accepted) this.loadingAlternatives = false;
    if (!accepted && this.#phase === 'starting') this.#finish();
    // Closed before main replied.
    if (accepted && this.#phase === 'closed') await this.stop();
  }

  /** Offers the texts of the rewrite `id` once all of its runs have ended. */
  #settle(id: string): void {
    const texts = this.texts.settle(id);
    if (texts === null) return;
    this.loadingAlternatives = false;
    const failed = texts.find(({ error }) => error !== null)?.error ?? null;
    if (failed) this.error = failed;
    if (this.#phase === 'writing') this.#finish();
  }

  #finish(): void {
    this.#painting.cancel();
    this.#phase = 'written';
    const { shown } = this.#document.editor;
    if (shown) this.#showText(shown, false);
    this.#saveDecided();
  }

  #paint(): void {
    const { shown } = this.#document.editor;
    if (shown && this.#phase === 'writing') this.#showText(shown, true);
  }

  #showText(shown: ShownRewrite, growing: boolean): void {
    const { from, to } = shown;
    const before = this.#document.editor.state.sliceDoc(from, to);
    const { changes, written, comparison } = this.offer.changes(from, before, this.#comparison, growing);
    if (growing) this.#comparison = comparison;
    const rewriteId = this.texts.chosen?.rewriteId ?? shown.rewriteId;
    this.#show({ ...shown, rewriteId, written, growing, changes, current: 0 });
  }

  #show(shown: ShownRewrite | null): void {
    this.#document.editor.dispatch({ effects: showRewrite.of(shown) });
  }

  #saveOutcome(id: string, outcome: RewriteOutcome): void {
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
