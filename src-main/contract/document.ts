import * as v from 'valibot';
import { maximumAnswerTokens } from './generation.ts';
import { rewritePurposes } from './rewrite/purpose.ts';
import type { RecordedRun, Run, StartedStatus } from './run.ts';
import { searchResultsIn } from './run.ts';
import { strategySchema } from './strategy.ts';

/** Maximum length of a document, in UTF-16 units. */
export const maximumDocumentLength = 4_000_000;
/** Maximum length of a passage to rewrite, in UTF-16 units; far beyond any context window. */
export const maximumPassageLength = 200_000;
/** Maximum number of texts per rewrite. */
export const maximumRewriteAlternatives = 8;

/** Identifiers are UUIDs; times are milliseconds since 1970, UTC. */
export interface DocumentSummary {
  readonly id: string;
  /** '' if untitled; the first line is shown instead. */
  readonly title: string;
  /** The start of its text, without blank lines. */
  readonly beginning: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Document extends DocumentSummary {
  readonly text: string;
}

/**
 * Why a version was saved. `opened`: when the document was opened; `pause`: after a minute without edits; `edits`: after
 * many edits, or five minutes of them; `removal`: before much was removed or replaced; `rewrite`: before a rewrite was
 * accepted; `restored`: before an older version replaced it.
 */
export type VersionReason = 'opened' | 'pause' | 'edits' | 'removal' | 'rewrite' | 'restored';

/** A saved version of a document. */
export interface DocumentVersion {
  readonly id: string;
  readonly reason: VersionReason;
  readonly keptAt: number;
  /** In UTF-16 units. */
  readonly length: number;
  readonly beginning: string;
}

/** Whether the text replaces the selection or continues it. */
export const rewriteModes = ['replace', 'continue'] as const;
export type RewriteMode = (typeof rewriteModes)[number];

const id = v.pipe(v.string(), v.uuid());
const passage = v.pipe(v.string(), v.maxLength(maximumPassageLength));
const context = v.pipe(v.string(), v.maxLength(20_000));
const instruction = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000));

/** A request of the window for a rewrite. */
export const newRewriteSchema = v.strictObject({
  /** The document that contains it; null for a text that isn't stored. */
  documentId: v.nullable(id),
  /** Instruction for the model; may be empty when continuing. */
  instruction: v.union([v.literal(''), instruction]),
  mode: v.picklist(rewriteModes),
  purpose: v.picklist(rewritePurposes),
  selection: passage,
  /** The text around the selection, which the answer may repeat. */
  before: context,
  after: context,
  alternatives: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumRewriteAlternatives)),
  strategy: strategySchema,
  /** As in GenerationRequest, for each alternative. */
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumAnswerTokens)),
});
export type NewRewrite = Readonly<v.InferOutput<typeof newRewriteSchema>>;

/** The parts of a rewrite that make up the prompt. */
export const rewritePassageSchema = v.pick(newRewriteSchema, [
  'instruction',
  'mode',
  'selection',
  'before',
  'after',
]);
export type RewritePassage = Readonly<v.InferOutput<typeof rewritePassageSchema>>;

/** A rewrite that is likely to be requested. */
export const likelyRewriteSchema = v.strictObject({
  ...rewritePassageSchema.entries,
  purpose: newRewriteSchema.entries.purpose,
});
export type LikelyRewrite = Readonly<v.InferOutput<typeof likelyRewriteSchema>>;

/** `open`: undecided; `partly`: some changes were accepted, others rejected. */
export const rewriteOutcomes = ['open', 'accepted', 'partly', 'rejected'] as const;
export type RewriteOutcome = (typeof rewriteOutcomes)[number];

/** A text that a rewrite offers. */
export interface RewriteText extends Pick<Run, 'text' | 'strategy' | 'endReason' | 'statistics' | 'error'> {
  /** The run whose tokens make up the text; null for a further result of a search. */
  readonly runId: string | null;
  readonly status: StartedStatus;
}

/** A rewrite as stored. */
export interface Rewrite {
  readonly id: string;
  readonly documentId: string | null;
  readonly instruction: string;
  readonly mode: RewriteMode;
  readonly selection: string;
  readonly modelId: string;
  readonly provider: string;
  readonly createdAt: number;
  /** How many minutes local time was ahead of UTC then; absent where it isn't known. */
  readonly utcOffset?: number;
  readonly outcome: RewriteOutcome;
  /** In the order in which they run. */
  readonly runs: readonly RecordedRun[];
}

/** The texts of a rewrite's runs that started or failed to, in order; the results of a search best first. */
export function rewriteTexts(runs: readonly RecordedRun[]): readonly RewriteText[] {
  return runs.flatMap(({ id, text, strategy, status, endReason, statistics, error, startedAt, trace }) => {
    if (status === 'waiting' || (startedAt === null && error === null)) return [];
    const shared = { strategy, status, endReason, statistics, error };
    const others = searchResultsIn(trace)
      .slice(1)
      .map((result) => ({ ...shared, runId: null, text: result.text }));
    return [{ ...shared, runId: id, text }, ...others];
  });
}

/** The newest rewrite while it is undecided, so that a reloaded window can show it. */
export interface PendingRewrite {
  /** With the text so far. */
  readonly rewrite: Rewrite;
  /** As in NewRewrite. */
  readonly before: string;
}

/** The built-in actions on a selection, in the order of the menu. */
export const builtInActionIds = [
  ...['rewrite', 'grammar', 'shorten', 'expand', 'simplify', 'formal', 'friendly', 'confident', 'neutral'],
  ...['english', 'chinese', 'summarise', 'continue'],
] as const;
export type BuiltInActionId = (typeof builtInActionIds)[number];

/** Keys for shortcuts of custom actions, with Ctrl (or Command) and Alt. */
export const actionShortcuts = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export type ActionShortcut = (typeof actionShortcuts)[number];

export const newActionSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  instruction,
  shortcut: v.nullable(v.picklist(actionShortcuts)),
  /** null for the default of custom actions. */
  strategy: v.nullable(strategySchema),
});
export type NewAction = Readonly<v.InferOutput<typeof newActionSchema>>;

/** A user-defined instruction for selections. */
export interface CustomAction extends NewAction {
  readonly id: string;
}
