import { scaleLinear } from 'd3-scale';
import type { Comparison } from '../../contract/comparison.ts';
import { resultTable } from '../result-table.ts';
import type { Mark, Chart } from './chart.ts';
import { shortened } from './chart.ts';
import { chartWidth } from './plot.ts';
import type { ChartWords } from './words.ts';
import { englishWords } from './words.ts';

const rowHeight = 30;
const nameWidth = 170;
const top = 12;

/** Tokens per second of each column, with the range over its repeats. */
export function speedBars(
  comparison: Pick<Comparison, 'columns' | 'runs'>,
  words: ChartWords = englishWords,
): Chart {
  const { rows } = resultTable(comparison);
  const most = Math.max(1, ...rows.map(({ cells }) => cells.tokensPerSecond?.maximum ?? 0));
  const x = scaleLinear()
    .domain([0, most])
    .range([nameWidth, chartWidth - 70]);
  const marks = rows.flatMap(({ column, cells: { tokensPerSecond: cell } }, index): Mark[] => {
    const y = top + index * rowHeight;
    const middle = y + rowHeight / 2;
    const name = shortened(column.name, 26);
    const role = cell?.best ? 'best' : 'label';
    const title: Mark = { kind: 'text', role, x: nameWidth - 10, y: middle + 4, text: name, anchor: 'end' };
    if (!cell) return [title];
    const label = `${column.name}: ${cell.median.toFixed(1)} (${cell.minimum.toFixed(1)} – ${cell.maximum.toFixed(1)})`;
    const width = Math.max(1, x(cell.median) - nameWidth);
    const bar: Mark = {
      kind: 'rect',
      role: cell.best ? 'best' : 'bar',
      key: column.id,
      label,
      x: nameWidth,
      y: y + 6,
      width,
      height: rowHeight - 12,
    };
    const [low, high] = [x(cell.minimum), x(cell.maximum)];
    const d = `M${low},${middle}H${high}M${low},${middle - 4}v8M${high},${middle - 4}v8`;
    const spread: Mark[] = cell.minimum < cell.maximum ? [{ kind: 'path', role: 'spread', d }] : [];
    const figure: Mark = { kind: 'text', role, x: high + 8, y: middle + 4, text: cell.median.toFixed(1) };
    return [title, bar, ...spread, figure];
  });
  const height = top + rows.length * rowHeight + 26;
  marks.push({ kind: 'text', role: 'quiet', x: nameWidth, y: height - 8, text: words.speedAxis });
  return {
    id: 'speed',
    title: words.speed,
    description: words.speedText,
    width: chartWidth,
    height,
    marks,
    table: {
      header: [words.column, words.median, words.minimum, words.maximum],
      rows: rows.map(({ column, cells: { tokensPerSecond: cell } }) => [
        column.name,
        cell?.median.toFixed(2) ?? '',
        cell?.minimum.toFixed(2) ?? '',
        cell?.maximum.toFixed(2) ?? '',
      ]),
    },
  };
}
