import { line } from 'd3-shape';
import type { Comparison, ComparisonRun } from '../../contract/comparison.ts';
import { legendHeight, legendOf } from './legend.ts';
import type { Mark, Chart } from './chart.ts';
import { seriesRole } from './chart.ts';
import { chartWidth, plotOf } from './plot.ts';
import type { ChartWords } from './words.ts';
import { englishWords } from './words.ts';

const height = 280;
/** Each point covers its round and the ones before it, this many in all. */
const window = 8;

export interface AcceptanceSoFar {
  /** Position of the round's first token in the answer, from 0. */
  readonly position: number;
  readonly proposed: number;
  readonly accepted: number;
  /** Accepted / proposed tokens over the last `window` rounds, this one included. */
  readonly share: number;
}

/** The moving acceptance rate, round by round. */
export function acceptanceOverTime({ trace }: Pick<ComparisonRun, 'trace'>): readonly AcceptanceSoFar[] {
  const rounds = trace.flatMap((event) => (event.type === 'round' ? [event] : []));
  return rounds.map(({ position, proposed, accepted }, index) => {
    const recent = rounds.slice(Math.max(0, index + 1 - window), index + 1);
    const drafted = recent.reduce((sum, round) => sum + round.proposed.length, 0);
    const recentlyAccepted = recent.reduce((sum, round) => sum + round.accepted, 0);
    return {
      position,
      proposed: proposed.length,
      accepted,
      share: drafted > 0 ? recentlyAccepted / drafted : 0,
    };
  });
}

/** The acceptance rate along the answer, in each column's first repeat; one line per column with rounds. */
export function acceptanceTimeLines(
  { columns, runs }: Pick<Comparison, 'columns' | 'runs'>,
  words: ChartWords = englishWords,
): Chart {
  const series = columns.flatMap(({ id, name }, index) => {
    const run = runs.find(({ columnId, repeat }) => columnId === id && repeat === 0);
    const rounds = run ? acceptanceOverTime(run) : [];
    return rounds.length > 0 ? [{ id, name, index, rounds }] : [];
  });
  const last = Math.max(2, ...series.map(({ rounds }) => (rounds.at(-1)?.position ?? 0) + 1));
  const plot = plotOf(
    height,
    { domain: [1, last], name: words.positionAxis },
    { domain: [0, 1], name: words.recentAcceptance },
  );
  const path = line<AcceptanceSoFar>(
    ({ position }) => plot.x(position + 1),
    ({ share }) => plot.y(share),
  );
  const lines = series.flatMap(({ id, name, index, rounds }): Mark[] => {
    const role = seriesRole(index);
    const points = rounds.map(({ position, proposed, accepted, share }, round): Mark => {
      const label = `${name}, ${words.round} ${round + 1}: ${words.accepted} ${accepted} / ${proposed}, ${words.share} ${share.toFixed(2)}`;
      return { kind: 'circle', role, label, x: plot.x(position + 1), y: plot.y(share), radius: 2.5 };
    });
    return [{ kind: 'path', role, key: id, label: name, d: path(rounds) ?? '' }, ...points];
  });
  return {
    id: 'acceptance-time',
    title: words.acceptanceTime,
    description: words.acceptanceTimeText,
    width: chartWidth,
    height: height + legendHeight(series.length),
    marks: [...plot.marks, ...lines, ...legendOf(series, height)],
    table: {
      header: [words.column, words.round, words.position, words.proposed, words.accepted, words.share],
      rows: series.flatMap(({ name, rounds }) =>
        rounds.map(({ position, proposed, accepted, share }, round) => [
          name,
          ...[round + 1, position + 1, proposed, accepted].map(String),
          share.toFixed(3),
        ]),
      ),
    },
  };
}
