import type { Mark, Chart } from '../../../src-main/report/chart/chart.ts';
import { type PlacedMark, marksBetween, panned, startView, within, zoomed } from './chart-view.ts';

/** A frame is as high as its chart, but no higher. */
const highest = 420;
/** From this scale on, texts are too small to be read, and only cost time. */
const illegible = 3;
/** Least visible part of a focused mark, in chart units. */
const markSize = { width: 130, height: 30 };

/** What a person sees of a chart that is larger than its frame, and how that is moved. */
export class ChartSight {
  view = $state.raw(startView);
  /** Of the frame, in points of the screen; 0 until it is measured. */
  width = $state(0);
  readonly #chart: () => Chart;
  /** A person has moved it: it stays where it was put. */
  #moved = false;
  readonly height = $derived.by(() => Math.min(this.#chart().height, highest));
  /** The visible part, in chart units. */
  readonly #seen = $derived.by(() => ({
    width: this.width * this.view.scale,
    height: this.height * this.view.scale,
  }));
  /** From chart units to the frame's pixels. A viewBox would lay out every text again on each move. */
  readonly transform = $derived.by(() => {
    const { x, y, scale } = this.view;
    return `scale(${1 / scale}) translate(${-x} ${-y})`;
  });

  constructor(chart: () => Chart) {
    this.#chart = chart;
  }

  /** The marks to draw: none before the frame is measured; always the focused mark `kept`. */
  seen(kept: string | undefined): readonly PlacedMark[] {
    if (this.width === 0) return [];
    const { x, scale } = this.view;
    const near = marksBetween(this.#chart().marks, x, x + this.#seen.width, kept);
    return scale < illegible ? near : near.filter(({ mark }) => mark.kind !== 'text');
  }

  /** By points of the screen. */
  move(right: number, down: number): void {
    this.#show(panned(this.view, right, down));
  }

  /** Nearer with a `factor` below 1; around the middle, or a point of the screen. */
  zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    this.#show(zoomed(this.view, factor, x, y));
  }

  reset(): void {
    this.#show(startView);
    this.#moved = false;
  }

  /** Scrolls a mark into view. */
  reveal(mark: Mark): void {
    if (mark.kind === 'path') return;
    const { x, y } = this.view;
    const { width, height } = this.#seen;
    const isBeside = mark.x < x || mark.x + markSize.width > x + width;
    const isAbove = mark.y < y || mark.y + markSize.height > y + height;
    if (!isBeside && !isAbove) return;
    this.#show({
      ...this.view,
      x: isBeside ? mark.x - width / 2 : x,
      y: isAbove ? mark.y - height / 2 : y,
    });
  }

  /** Shows the newest, at the right end, unless a person looks at something else. */
  follow(): void {
    if (this.#moved || this.width === 0) return;
    const chart = this.#chart();
    this.view = within({ ...this.view, x: chart.width }, chart, this.width, this.height);
  }

  #show(view: typeof startView): void {
    this.#moved = true;
    this.view = within(view, this.#chart(), this.width, this.height);
  }
}
