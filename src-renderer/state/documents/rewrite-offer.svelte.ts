import type { NewRewrite } from '../../../src-main/contract/document.ts';
import { guardedText, type GuardedChange } from '../../../src-main/contract/rewrite/guard.ts';
import type { RewriteComparison } from './actions.ts';
import { rewriteChanges, type RewriteChanges } from './editor/rewrite-changes.ts';
import type { RewriteTexts } from './rewrite-texts.svelte.ts';
import { assessmentOf, bareTextOf } from './rewritten-text.ts';

/** What is offered of the chosen text: without remarks, nothing harmful unasked, and not the changes that were taken back. */
export class RewriteOffer {
  /** What was removed from around the chosen text. */
  readonly removed = $derived.by(() => bareTextOf(this.#passage, this.#texts.chosen).removed);
  /** What may be wrong with the chosen text once it is complete. */
  readonly assessment = $derived.by(() => assessmentOf(this.#passage, this.#texts.chosen));
  /** Whether the chosen text may do harm and the user hasn't asked to see it. */
  readonly withheld = $derived.by(() => {
    const { chosen } = this.#texts;
    if (chosen === undefined || this.#revealed.includes(chosen.text)) return false;
    return this.assessment.quality === 'harmful';
  });
  /** How many changes of the chosen text were taken back and aren't shown. */
  takenBack = $state.raw(0);
  /** Texts that the user wants to see although they may do harm. */
  #revealed = $state.raw<readonly string[]>([]);
  /** Texts of which the user wants to see the changes that were taken back, too. */
  #unfolded: readonly string[] = [];
  readonly #passage: Omit<NewRewrite, 'documentId' | 'alternatives'>;
  readonly #texts: RewriteTexts;

  constructor(passage: Omit<NewRewrite, 'documentId' | 'alternatives'>, texts: RewriteTexts) {
    this.#passage = passage;
    this.#texts = texts;
  }

  /** Offers the chosen text although it may do harm. */
  reveal(): void {
    this.#revealed = [...this.#revealed, this.#texts.chosen?.text ?? ''];
  }

  /** Offers the changes of the chosen text that were taken back, as suggestions. */
  unfold(): void {
    this.#unfolded = [...this.#unfolded, this.#texts.chosen?.text ?? ''];
  }

  /** The changes that turn `before`, which starts at `from` in the document, into what is offered. */
  changes(from: number, before: string, comparison: RewriteComparison, growing: boolean): RewriteChanges {
    const { chosen } = this.#texts;
    const { text } = bareTextOf(this.#passage, chosen, growing);
    // Blanks at the end of a growing text may belong to what follows.
    const after = growing ? text.trimEnd() : text;
    const empty = this.#passage.mode === 'replace' && after.trim() === '';
    this.takenBack = 0;
    if (empty || (!growing && this.withheld))
      return { changes: [], written: growing ? from : from + before.length, comparison };
    const showsReverted = this.#unfolded.includes(chosen?.text ?? '');
    const changes = growing ? [] : this.#judged(before, after);
    if (!showsReverted) this.takenBack = changes.filter(({ verdict }) => verdict === 'reverted').length;
    return rewriteChanges(from, before, after, comparison, growing, { changes, showsReverted });
  }

  /** None for a text that the user stopped, or asked to see as it is. */
  #judged(before: string, after: string): readonly GuardedChange[] {
    const { chosen, chosenRun } = this.#texts;
    const { mode, purpose } = this.#passage;
    if (mode !== 'replace' || chosen?.status !== 'done' || this.#revealed.includes(chosen.text)) return [];
    return guardedText(before, after, chosenRun?.tokens ?? [], purpose).changes;
  }
}
