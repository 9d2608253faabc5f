import * as v from 'valibot';
import { maximumAnswerTokens } from './generation.ts';
import { messageText } from './requests/request.ts';
import type { ColumnOwner, RecordedRun } from './run.ts';
import type { Strategy } from './strategy.ts';
import { maxSeed } from './strategy/setting.ts';
import { strategySchema } from './strategy.ts';

/** Maximum columns and repeats of a comparison. */
export const maximumColumns = 32;
export const maximumRepeats = 20;

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));

const earlierMessage = v.strictObject({
  role: v.picklist(['user', 'assistant']),
  content: messageText,
});
/** A message of a conversation before the prompt. */
export type EarlierMessage = Readonly<v.InferOutput<typeof earlierMessage>>;
export const earlierMessages = v.pipe(v.array(earlierMessage), v.minLength(1), v.maxLength(10_000));

/** A strategy to compare, with the user's name for it. */
export const newColumnSchema = v.strictObject({ name, strategy: strategySchema });

/** A new comparison: one prompt, answered by one model with every column's strategy. */
export const newComparisonSchema = v.strictObject({
  /** The prompt, formatted with the chat template or raw. */
  prompt: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000_000)),
  raw: v.boolean(),
  systemPrompt: messageText,
  /** Messages of a conversation before the prompt, without the system prompt; absent: none. None before a raw prompt. */
  earlier: v.exactOptional(earlierMessages),
  columns: v.pipe(
    v.array(newColumnSchema),
    v.minLength(1, 'choose at least one strategy'),
    v.maxLength(maximumColumns, `a comparison has at most ${maximumColumns} columns`),
  ),
  /** Runs per column, with consecutive seeds from `seed`. */
  repeats: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumRepeats)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxSeed - maximumRepeats)),
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumAnswerTokens)),
});

export type NewColumn = Readonly<v.InferOutput<typeof newColumnSchema>>;
export type NewComparison = Readonly<v.InferOutput<typeof newComparisonSchema>>;

export interface ComparisonColumn {
  readonly id: string;
  readonly name: string;
  readonly strategy: Strategy;
}

/** One column, run once; its model is the comparison's, its strategy the column's with the seed of its repeat. */
export interface ComparisonRun
  extends
    Omit<RecordedRun, 'owner' | 'modelId' | 'provider' | 'strategy'>,
    Pick<ColumnOwner, 'columnId' | 'repeat'> {}

/** The run of a column as its comparison lists it. */
export function comparisonRunOf(run: RecordedRun, { columnId, repeat }: ColumnOwner): ComparisonRun {
  const { id, status, text, tokens, trace, endReason, statistics, error, startedAt, kernels, adapter } = run;
  const state = { status, text, tokens, trace, endReason, statistics, error, startedAt, kernels, adapter };
  return { id, columnId, repeat, ...state };
}

/** The comparison that is using the engine. */
export interface RunningComparison {
  readonly comparisonId: string;
  /** Runs queued after the current one, in order; other waiting runs are not scheduled. */
  readonly queuedRunIds: readonly string[];
}

/** File formats that a comparison is exported to. */
export const exportFormats = ['markdown', 'html', 'csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ComparisonSummary {
  readonly id: string;
  /** The user's name for it, or the start of the prompt. */
  readonly name: string;
  readonly columnNames: readonly string[];
  readonly tags: readonly string[];
  readonly starred: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Finished runs and all runs. */
  readonly doneRuns: number;
  readonly allRuns: number;
}

/** Everything about one comparison; columns in the order shown, runs in the order of their turns. */
export interface Comparison extends Omit<NewComparison, 'columns' | 'earlier'> {
  readonly earlier?: readonly EarlierMessage[];
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly starred: boolean;
  readonly modelId: string;
  readonly provider: string;
  readonly createdAt: number;
  /** How many minutes local time was ahead of UTC then; absent where it isn't known. */
  readonly utcOffset?: number;
  readonly updatedAt: number;
  /** The comparison that this one repeats, or null. */
  readonly rerunOf: string | null;
  readonly columns: readonly ComparisonColumn[];
  readonly runs: readonly ComparisonRun[];
}

/** Name of the adapter that the model of a comparison runs with; null for none. */
export function adapterOf({ runs }: Pick<Comparison, 'runs'>): string | null {
  return runs[0]?.adapter ?? null;
}

/** The user's annotations of a comparison. */
export const descriptionSchema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(200)),
  notes: v.pipe(v.string(), v.maxLength(100_000)),
  tags: v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40))), v.maxLength(20)),
  starred: v.boolean(),
});
export type Description = Readonly<v.InferOutput<typeof descriptionSchema>>;

/** A blind vote on which of two runs is better. */
export const voteOutcomes = ['first', 'second', 'tie', 'skip'] as const;
export const newVoteSchema = v.strictObject({
  comparisonId: v.pipe(v.string(), v.uuid()),
  firstRunId: v.pipe(v.string(), v.uuid()),
  secondRunId: v.pipe(v.string(), v.uuid()),
  outcome: v.picklist(voteOutcomes),
});
export type NewVote = Readonly<v.InferOutput<typeof newVoteSchema>>;

export interface Vote extends NewVote {
  readonly id: string;
  readonly createdAt: number;
}

/** Filter of the leaderboard; null matches all. */
export const voteFilterSchema = v.strictObject({
  tag: v.nullable(v.pipe(v.string(), v.maxLength(40))),
  /** Whether the prompt was a chat message or raw text. */
  promptKind: v.nullable(v.picklist(['chat', 'raw'])),
});
export type VoteFilter = Readonly<v.InferOutput<typeof voteFilterSchema>>;

/** One column name over all votes; ties count half, skips not at all. */
export interface LeaderboardRow {
  readonly name: string;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Share of wins, ties half, with its 95% Wilson interval (Wilson 1927). */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}
