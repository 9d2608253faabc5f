import type {
  ActionFigure,
  ActionLanguage,
  MeasuredAction,
} from '../../../src-main/contract/rewrite/action-figures.ts';
import type { ActionCase } from './sets.ts';
import { editCounts, editScore, type EditCounts } from './word-edits.ts';
import { verdictOf } from './written-checks.ts';

/** What the document offers for a passage. */
export interface OfferedText {
  readonly text: string;
  /** Whether the document withholds it until the user asks for it. */
  readonly withheld: boolean;
  readonly ms: number;
}

/** A passage with the text for it and what is wrong with that. */
export interface ScoredText extends OfferedText {
  readonly one: ActionCase;
  readonly harm: string | null;
  /** Why it isn't usable, be it for harm, because it is withheld, or else; null if it is. */
  readonly fault: string | null;
  /** Whether it is a reference to the letter; null without references. */
  readonly exact: boolean | null;
  /** Against the nearest reference; null without references. */
  readonly edits: EditCounts | null;
}

/**
 * Scores what an action offers for a passage. With references a text is usable that makes some of the right edits and no
 * wrong one; a withheld text is as good as none.
 */
export function scoredText(one: ActionCase, offered: OfferedText): ScoredText {
  const { source, references } = one;
  // The document stays as it is if nothing is offered.
  const text = offered.withheld || offered.text.trim() === '' ? source.trim() : offered.text.trim();
  const verdict = verdictOf(one, text);
  const none = offered.withheld ? 'withheld' : offered.text.trim() === '' ? 'no text' : null;
  const edits = references.length === 0 ? null : editCounts(source, text, references);
  const exact = references.length === 0 ? null : references.some((reference) => reference.trim() === text);
  const byEdits = edits === null || exact === true ? null : editFault(edits);
  // A right text may be far from its source: what a reference says is never harmful.
  const harm = exact === true ? null : verdict.harm;
  return { ...offered, one, harm, fault: none ?? harm ?? verdict.fault ?? byEdits, exact, edits };
}

function editFault({ right, wrong, missed }: EditCounts): string | null {
  if (wrong > 0) return 'wrong change';
  return right === 0 && missed > 0 ? 'nothing corrected' : null;
}

/** Figures of an action's set. Shares are 0 to 1; null where they don't apply. */
export interface SetScore {
  readonly action: MeasuredAction;
  readonly language: ActionLanguage;
  readonly passages: number;
  readonly usable: number;
  readonly exact: number | null;
  readonly harmful: number;
  readonly withheld: number;
  readonly unchanged: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f: number | null;
  /** Passages that are right as they are, and how many of them were left alone. */
  readonly right: number;
  readonly leftAlone: number;
  /** Texts in which all names and numbers of the passage that it should keep are kept. */
  readonly factsKept: number;
  /** Characters of the texts by those of the passages, the median. */
  readonly lengthRatio: number;
  readonly medianMs: number;
}

/** @param texts of one set, at least one */
export function setScore(texts: readonly ScoredText[]): SetScore {
  const { action, language } = texts[0]!.one;
  const count = (holds: (text: ScoredText) => boolean) => texts.filter(holds).length;
  const referenced = texts[0]!.edits !== null;
  const counts = texts.reduce(
    (sum, { edits }) => ({
      right: sum.right + (edits?.right ?? 0),
      wrong: sum.wrong + (edits?.wrong ?? 0),
      missed: sum.missed + (edits?.missed ?? 0),
    }),
    { right: 0, wrong: 0, missed: 0 },
  );
  const { precision, recall, f } = editScore(counts);
  const isRight = ({ one }: ScoredText) => one.references.includes(one.source);
  const unchanged = ({ text, one }: ScoredText) => text.trim() === one.source.trim();
  return {
    ...{ action, language, passages: texts.length },
    usable: count(({ fault }) => fault === null),
    exact: referenced ? count(({ exact }) => exact === true) : null,
    harmful: count(({ harm, withheld }) => harm !== null && !withheld),
    withheld: count(({ withheld }) => withheld),
    unchanged: count(unchanged),
    ...(referenced ? { precision, recall, f } : { precision: null, recall: null, f: null }),
    right: count(isRight),
    leftAlone: count(
      (text) => isRight(text) && (unchanged(text) || text.withheld || text.text.trim() === ''),
    ),
    factsKept: count(({ harm }) => harm === null || !/name|number/u.test(harm)),
    lengthRatio: median(texts.map(({ text, one }) => text.trim().length / one.source.length)),
    medianMs: median(texts.map(({ ms }) => ms)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What the model's folder stores of a score. @param adapter SHA-256 of the adapter in use; null for none */
export function figureOf(
  { action, language, passages, usable, exact, harmful }: SetScore,
  adapter: string | null,
): ActionFigure {
  return { action, language, adapter, passages, usable, exact, harmful };
}

/** `known` with `measured` in place of figures of the same action, language and adapter. */
export function merged(
  known: readonly ActionFigure[],
  measured: readonly ActionFigure[],
): readonly ActionFigure[] {
  const same = (one: ActionFigure, other: ActionFigure) =>
    one.action === other.action && one.language === other.language && one.adapter === other.adapter;
  return [...known.filter((one) => !measured.some((other) => same(one, other))), ...measured];
}
