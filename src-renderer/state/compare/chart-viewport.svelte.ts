import type { Mark, Chart } from '../../../src-main/report/chart/chart.ts';
import { type PlacedMark, marksBetween, panned, startView, within, zoomed } from './chart-view.ts';

/** Maximum height of a frame, which is otherwise as high as its chart. */
const highest = 420;
/** From this scale on, texts are too small to read and are not drawn. */
const illegible = 3;
/** Least visible part of a focused mark, in chart units. */
const markSize = { width: 130, height: 30 };

/** Pans and zooms a chart that is larger than its frame. */
export class ChartSight {
  view = $state.raw(startView);
  /** Size of the frame, in pixels; 0 until it is measured. */
  width = $state(0);
  readonly #chart: () => Chart;
  /** Whether the user has moved the view: it is not moved automatically then. */
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

  /** Pans by a distance in pixels. */
  move(right: number, down: number): void {
    this.#show(panned(this.view, right, down));
  }

  /** Zooms in with a `factor` below 1; around the middle, or a point of the frame in pixels. */
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

  /** Scrolls to the right end, where the chart grows, unless the user has moved the view. */
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
