import type { Handlers } from '../contract/requests.ts';
import type { comparisonRequests } from '../contract/requests/comparisons.ts';
import { leaderboardOf } from '../report/leaderboard.ts';
import type { ComparisonFiles } from './comparison-files.ts';
import type { ComparisonStore } from './comparison-store.ts';
import type { Comparisons } from './comparisons.ts';

/** Answers the window's requests about comparisons, votes and their files. */
export function comparisonHandlers(
  store: ComparisonStore,
  comparisons: Comparisons,
  files: ComparisonFiles,
): Handlers<keyof typeof comparisonRequests> {
  return {
    'comparisons-list': () => store.list(),
    'comparison-open': ({ id }) => comparisons.open(id),
    'comparison-start': (comparison) => comparisons.start(comparison),
    'comparison-resume': ({ id }) => comparisons.resume(id),
    'comparison-rerun': ({ id }) => comparisons.rerun(id),
    'comparison-add-columns': ({ id, columns }) => comparisons.addColumns(id, columns),
    'comparison-stop': ({ id, columnId }) => comparisons.stop(id, columnId),
    'comparison-describe': ({ id, description }) => store.describe(id, description),
    'comparison-delete': ({ id }) => comparisons.delete(id),
    'comparison-running': () => comparisons.running(),
    'vote-add': (vote) => void store.addVote(vote),
    'votes-list': ({ id }) => store.votesOn(id),
    leaderboard: (filter) => leaderboardOf(store.votes(filter)),
    'comparison-export': ({ id, format }) => files.export(id, format),
    'comparison-import': () => files.import(),
    'chart-save': ({ name, svg }) => files.saveChart(name, svg),
  };
}
