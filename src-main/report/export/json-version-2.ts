import type { Comparison, ComparisonRun } from '../../contract/comparison.ts';
import { isExact } from '../numerics.ts';

/** Strategies that read branches. */
const withBranches: ReadonlySet<string> = new Set(['beam', 'candidate-set', 'contrastive']);

/**
 * A comparison of format version 2 or 1, which didn't say that the log-probabilities of searches on ONNX Runtime's
 * kernels are approximate.
 */
export function upgradeVersion2({ columns, runs, ...rest }: Comparison): Comparison {
  const searches = new Set(
    columns.flatMap(({ id, strategy }) => (withBranches.has(strategy.kind) ? [id] : [])),
  );
  const marked = runs.map((run) => (searches.has(run.columnId) && !isExact(run) ? approximate(run) : run));
  return { ...rest, columns, runs: marked };
}

function approximate(run: ComparisonRun): ComparisonRun {
  const tokens = run.tokens.map((token) => ({ ...token, approximate: true as const }));
  if (run.statistics === null || tokens.length === 0) return { ...run, tokens };
  return { ...run, tokens, statistics: { ...run.statistics, approximateTokens: tokens.length } };
}
