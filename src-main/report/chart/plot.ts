import { scaleLinear } from 'd3-scale';
import type { Mark } from './chart.ts';

/** The area that marks are drawn in, with its axes. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Grid, ticks and names of both axes. */
  readonly marks: readonly Mark[];
}

export interface Axis {
  readonly domain: readonly [number, number];
  readonly name: string;
  /** Formats a tick; default: up to three decimals. */
  readonly format?: (value: number) => string;
}

export const chartWidth = 720;
/** Left edge of the area of every plot. */
export const plotLeft = 64;

const upToThreeDecimals = (value: number) => String(Math.round(value * 1000) / 1000);

/** A plot with linear scales rounded to nice numbers, about five ticks each. */
export function plotOf(height: number, xAxis: Axis, yAxis: Axis): Plot {
  const [left, top, right, bottom] = [plotLeft, 30, chartWidth - 20, height - 40];
  const x = scaleLinear().domain(widened(xAxis.domain)).nice(6).range([left, right]);
  const y = scaleLinear().domain(widened(yAxis.domain)).nice(5).range([bottom, top]);
  const marks: Mark[] = [];
  for (const tick of y.ticks(5)) {
    marks.push({ kind: 'path', role: 'grid', d: `M${left},${y(tick)}H${right}` });
    const text = (yAxis.format ?? upToThreeDecimals)(tick);
    marks.push({ kind: 'text', role: 'axis', x: left - 8, y: y(tick) + 4, text, anchor: 'end' });
  }
  for (const tick of x.ticks(6)) {
    marks.push({ kind: 'path', role: 'axis', d: `M${x(tick)},${bottom}v4` });
    const text = (xAxis.format ?? upToThreeDecimals)(tick);
    marks.push({ kind: 'text', role: 'axis', x: x(tick), y: bottom + 17, text, anchor: 'middle' });
  }
  marks.push(
    { kind: 'path', role: 'axis', d: `M${left},${bottom}H${right}` },
    { kind: 'text', role: 'quiet', x: right, y: bottom + 33, text: xAxis.name, anchor: 'end' },
    { kind: 'text', role: 'quiet', x: 4, y: 12, text: yAxis.name },
  );
  return { left, top, right, bottom, x, y, marks };
}

/** The domain, widened if it is empty. */
function widened([low, high]: readonly [number, number]): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}
