import type { Mark, Chart } from '../../../src-main/report/chart/chart.ts';

/** The visible part of a chart: its upper left corner, and chart units per pixel. */
export interface ChartView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const [closest, farthest] = [0.25, 8];

/** The initial view: from the upper left corner, at scale 1. */
export const startView: ChartView = { x: 0, y: 0, scale: 1 };

export function panned({ x, y, scale }: ChartView, right: number, down: number): ChartView {
  return { x: x + right * scale, y: y + down * scale, scale };
}

/** Zooms in (`factor` below 1) or out, around the screen point `atX`, `atY`. */
export function zoomed({ x, y, scale }: ChartView, factor: number, atX: number, atY: number): ChartView {
  const next = Math.min(farthest, Math.max(closest, scale * factor));
  return { x: x + atX * (scale - next), y: y + atY * (scale - next), scale: next };
}

/** The view, moved so that part of the chart stays visible. */
export function within(
  { x, y, scale }: ChartView,
  { width, height }: Pick<Chart, 'width' | 'height'>,
  seenWidth: number,
  seenHeight: number,
): ChartView {
  const most = (whole: number, seen: number) => Math.max(0, whole - seen * scale);
  const clamp = (value: number, high: number) => Math.min(high, Math.max(0, value));
  return { x: clamp(x, most(width, seenWidth)), y: clamp(y, most(height, seenHeight)), scale };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

export const arrowDirections: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** How far a key moves a chart, in pixels. */
export const steps: Readonly<Record<Direction, readonly [right: number, down: number]>> = {
  left: [-80, 0],
  right: [80, 0],
  up: [0, -60],
  down: [0, 60],
};

/**
 * Key of the mark that an arrow key leads to: across, the nearest in the next column to that side; up and down,
 * the next in the same column. undefined if there is none.
 */
export function neighbourOf(marks: readonly Mark[], key: string, direction: Direction): string | undefined {
  const places = marks.flatMap((mark) =>
    mark.key === undefined || mark.kind === 'path' ? [] : [{ key: mark.key, x: mark.x, y: mark.y }],
  );
  const from = places.find((place) => place.key === key);
  if (!from) return undefined;
  const across = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: { readonly key: string; readonly along: number; readonly aside: number } | undefined;
  for (const place of places) {
    const [right, down] = [place.x - from.x, place.y - from.y];
    const [along, aside] = across ? [sign * right, Math.abs(down)] : [sign * down, Math.abs(right)];
    if (along < 1 || (!across && aside >= 1)) continue;
    if (best && (along > best.along || (along === best.along && aside >= best.aside))) continue;
    best = { key: place.key, along, aside };
  }
  return best?.key;
}

/** A mark with its index among all marks of its chart, which identifies it. */
export interface PlacedMark {
  readonly mark: Mark;
  readonly place: number;
}

/** Width of a mark, in chart units. */
const reach = 160;

/** Marks that may be visible between `left` and `right`, and the one with the key `kept` in any case. */
export function marksBetween(
  marks: readonly Mark[],
  left: number,
  right: number,
  kept?: string,
): readonly PlacedMark[] {
  return marks.flatMap((mark, place) => {
    const x = mark.kind === 'path' ? Number(/^M(-?[\d.]+)/.exec(mark.d)?.[1] ?? left) : mark.x;
    const isNear = x >= left - reach && x <= right;
    return isNear || (kept !== undefined && mark.key === kept) ? [{ mark, place }] : [];
  });
}

/** A line through the marks with `keys`, in order, from the right end of each to the left end of the next. */
export function trailThrough(marks: readonly Mark[], keys: readonly string[]): string {
  const wanted = new Set(keys);
  const boxes = new Map(
    marks.flatMap((mark) =>
      mark.kind === 'rect' && mark.key !== undefined && wanted.has(mark.key) ? [[mark.key, mark]] : [],
    ),
  );
  const places = keys.flatMap((key) => boxes.get(key) ?? []);
  return places
    .slice(1)
    .map(({ x, y, height }, index) => {
      const from = places[index]!;
      const [start, startY, endY] = [from.x + from.width, from.y + from.height / 2, y + height / 2];
      return `M${start},${startY}C${x - 8},${startY} ${start},${endY} ${x},${endY}`;
    })
    .join('');
}
