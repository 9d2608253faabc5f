import type { Comparison } from '../../contract/comparison.ts';
import { resultTable } from '../result-table.ts';
import type { Mark, Chart } from './chart.ts';
import { seriesRole, shortened } from './chart.ts';
import { chartWidth, plotOf } from './plot.ts';
import type { ChartWords } from './words.ts';
import { englishWords } from './words.ts';

const height = 320;
const lineHeight = 13;

/** Each column by its speed and the mean log-probability of its tokens: up and right is better. */
export function qualitySpeed(
  comparison: Pick<Comparison, 'columns' | 'runs'>,
  words: ChartWords = englishWords,
): Chart {
  const points = resultTable(comparison).rows.flatMap(({ column, cells }, index) => {
    const [speed, quality] = [cells.tokensPerSecond, cells.logProbabilityMean];
    return speed && quality ? [{ column, index, speed: speed.median, quality: quality.median }] : [];
  });
  const speeds = points.map(({ speed }) => speed);
  const qualities = points.map(({ quality }) => quality);
  const plot = plotOf(
    height,
    { domain: [0, Math.max(1, ...speeds)], name: words.speedAxis },
    { domain: [Math.min(-0.1, ...qualities), Math.max(-0.1, ...qualities)], name: words.qualityAxis },
  );
  const taken: { readonly x: number; readonly y: number }[] = [];
  const marks = points.flatMap(({ column, index, speed, quality }): Mark[] => {
    const [x, y] = [plot.x(speed), plot.y(quality)];
    const text = shortened(column.name, 22);
    const end = x > plot.right - 140;
    const place = freePlace(x, y + 4, taken);
    taken.push(place);
    const label = `${column.name}: ${speed.toFixed(1)} ${words.speedAxis}, ${quality.toFixed(3)}`;
    return [
      { kind: 'circle', role: seriesRole(index), key: column.id, label, x, y, radius: 5 },
      { kind: 'text', role: 'label', x: x + (end ? -9 : 9), y: place.y, text, anchor: end ? 'end' : 'start' },
    ];
  });
  return {
    id: 'quality',
    title: words.quality,
    description: words.qualityText,
    width: chartWidth,
    height,
    marks: [...plot.marks, ...marks],
    table: {
      header: [words.column, words.speedAxis, words.qualityAxis],
      rows: points.map(({ column, speed, quality }) => [column.name, speed.toFixed(2), quality.toFixed(4)]),
    },
  };
}

/** The nearest position for a label that overlaps no other: beside its point, else above or below. */
function freePlace(x: number, y: number, taken: readonly { readonly x: number; readonly y: number }[]) {
  const overlaps = (height: number) =>
    taken.some((other) => Math.abs(other.x - x) < 150 && Math.abs(other.y - height) < lineHeight);
  for (let step = 0; ; step++) {
    const above = y - step * lineHeight;
    if (!overlaps(above) && above > lineHeight) return { x, y: above };
    if (!overlaps(y + step * lineHeight)) return { x, y: y + step * lineHeight };
  }
}
