import type { Mark } from './chart.ts';
import { seriesRole, shortened } from './chart.ts';
import { plotLeft } from './plot.ts';

const columnWidth = 210;
const rowHeight = 16;
const columns = 3;

/** A line of a chart; `index` is its column's among all columns and determines colour and dash. */
export interface Series {
  readonly name: string;
  readonly index: number;
}

/** Height of a legend of `count` series. */
export function legendHeight(count: number): number {
  return 14 + Math.ceil(count / columns) * rowHeight;
}

/** The legend below `top`. */
export function legendOf(series: readonly Series[], top: number): readonly Mark[] {
  return series.flatMap(({ name, index }, place): Mark[] => {
    const x = plotLeft + (place % columns) * columnWidth;
    const y = top + 6 + Math.floor(place / columns) * rowHeight;
    return [
      { kind: 'path', role: seriesRole(index), d: `M${x},${y}h24` },
      { kind: 'text', role: 'label', x: x + 30, y: y + 4, text: shortened(name, 26) },
    ];
  });
}
