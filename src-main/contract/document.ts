import * as v from 'valibot';
import { maximumAnswerTokens } from './generation.ts';
import type { RecordedRun, Run, StartedStatus } from './run.ts';
import { strategySchema } from './strategy.ts';

/** Longest text that a document may have, in UTF-16 units. */
export const maximumDocumentLength = 4_000_000;
/** Longest passage that can be rewritten, in UTF-16 units; far more than a model reads at once. */
export const maximumPassageLength = 200_000;
/** Most texts that one rewrite may offer. */
export const maximumRewriteAlternatives = 8;

/** Identifiers are UUIDs; times are milliseconds since 1970, UTC. */
export interface DocumentSummary {
  readonly id: string;
  /** '' until somebody names it: then its first line stands for it. */
  readonly title: string;
  /** The beginning of its text, without blank lines. */
  readonly beginning: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Document extends DocumentSummary {
  readonly text: string;
}

/**
 * Why a text was kept as a version. `opened`: it was so when it was opened; `pause`: nobody had written for a
 * minute; `rewrite`: a rewrite was about to be accepted; `restored`: an older version was about to replace it.
 */
export type VersionReason = 'opened' | 'pause' | 'rewrite' | 'restored';

/** A text that a document had. */
export interface DocumentVersion {
  readonly id: string;
  readonly reason: VersionReason;
  readonly keptAt: number;
  /** In UTF-16 units. */
  readonly length: number;
  readonly beginning: string;
}

/** What becomes of the selection: other words in its place, or more words behind it. */
export const rewriteModes = ['replace', 'continue'] as const;
export type RewriteMode = (typeof rewriteModes)[number];

const id = v.pipe(v.string(), v.uuid());
const passage = v.pipe(v.string(), v.maxLength(maximumPassageLength));
const context = v.pipe(v.string(), v.maxLength(20_000));
const instruction = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000));

/** What the window asks to be rewritten. */
export const newRewriteSchema = v.strictObject({
  /** The document it is part of; null for a text that is kept nowhere. */
  documentId: v.nullable(id),
  /** What is to be done, in the words that the model reads; nothing is needed to continue a text. */
  instruction: v.union([v.literal(''), instruction]),
  mode: v.picklist(rewriteModes),
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

/** What the model reads of a rewrite. */
export const rewritePassageSchema = v.pick(newRewriteSchema, [
  'instruction',
  'mode',
  'selection',
  'before',
  'after',
]);
export type RewritePassage = Readonly<v.InferOutput<typeof rewritePassageSchema>>;

/** `open`: nobody has decided yet; `partly`: some changes were accepted and some not. */
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
  readonly outcome: RewriteOutcome;
  /** In the order in which they run. */
  readonly runs: readonly RecordedRun[];
}

/** The texts of a rewrite's started runs, in order; the results of a search best first. */
export function rewriteTexts(runs: readonly RecordedRun[]): readonly RewriteText[] {
  return runs.flatMap(({ id, text, strategy, status, endReason, statistics, error, startedAt, trace }) => {
    if (status === 'waiting' || startedAt === null) return [];
    const shared = { strategy, status, endReason, statistics, error };
    const results = trace.find((event) => event.type === 'hypotheses')?.hypotheses ?? [];
    const others = results.slice(1).map((result) => ({ ...shared, runId: null, text: result.text }));
    return [{ ...shared, runId: id, text }, ...others];
  });
}

/** The newest rewrite, until a person decides about it: a window that was reloaded shows it again. */
export interface PendingRewrite {
  /** With all text so far. */
  readonly rewrite: Rewrite;
  /** As in NewRewrite. */
  readonly before: string;
}

/** Keys that an own action can have, together with Ctrl, or Command, and Alt. */
export const actionShortcuts = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export type ActionShortcut = (typeof actionShortcuts)[number];

export const newActionSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  instruction,
  shortcut: v.nullable(v.picklist(actionShortcuts)),
});
export type NewAction = Readonly<v.InferOutput<typeof newActionSchema>>;

/** An instruction that a person keeps for selections. */
export interface CustomAction extends NewAction {
  readonly id: string;
}
