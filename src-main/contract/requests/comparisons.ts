import * as v from 'valibot';
import type {
  Comparison,
  ComparisonSummary,
  LeaderboardRow,
  RunningComparison,
  Vote,
} from '../comparison.ts';
import {
  descriptionSchema,
  exportFormats,
  newComparisonSchema,
  newVoteSchema,
  voteFilterSchema,
} from '../comparison.ts';
import { id, none, request } from './request.ts';

export const comparisonRequests = {
  'comparisons-list': request(none).returns<readonly ComparisonSummary[]>(),
  'comparison-open': request(v.strictObject({ id })).returns<Comparison>(),
  /** Saves a new comparison and starts its runs. */
  'comparison-start': request(newComparisonSchema, 20_000_000).returns<Comparison>(),
  /** Runs whatever is waiting, interrupted, stopped or failed. */
  'comparison-resume': request(v.strictObject({ id })).returns<Comparison>(),
  /** Starts a new comparison with the same prompt, columns and seeds. */
  'comparison-rerun': request(v.strictObject({ id })).returns<Comparison>(),
  'comparison-add-columns': request(
    v.strictObject({ id, columns: newComparisonSchema.entries.columns }),
  ).returns<Comparison>(),
  /** Stops one column, or all if `columnId` is null. */
  'comparison-stop': request(v.strictObject({ id, columnId: v.nullable(id) })).returns<null>(),
  'comparison-describe': request(v.strictObject({ id, description: descriptionSchema })).returns<null>(),
  'comparison-delete': request(v.strictObject({ id })).returns<null>(),
  /** The comparison being run, so that a reloaded window can attach to it. */
  'comparison-running': request(none).returns<RunningComparison | null>(),

  'vote-add': request(newVoteSchema).returns<null>(),
  /** The votes on one comparison. */
  'votes-list': request(v.strictObject({ id })).returns<readonly Vote[]>(),
  /** Aggregates the votes on all comparisons that match the filter. */
  leaderboard: request(voteFilterSchema).returns<readonly LeaderboardRow[]>(),

  /** Asks for a path and exports a comparison there. Returns the file name, or null if the user cancelled. */
  'comparison-export': request(v.strictObject({ id, format: v.picklist(exportFormats) })).returns<
    string | null
  >(),
  /** Asks for a path and writes one chart there. Returns the file name, or null if the user cancelled. */
  'chart-save': request(
    v.strictObject({
      name: v.pipe(v.string(), v.maxLength(200)),
      svg: v.pipe(v.string(), v.maxLength(8_000_000)),
    }),
    9_000_000,
  ).returns<string | null>(),
  /** Asks for an exported JSON file and imports it. Returns null if the user cancelled. */
  'comparison-import': request(none).returns<Comparison | null>(),
};
