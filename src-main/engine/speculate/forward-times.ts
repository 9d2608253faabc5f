/** Wider forwards are prefill, which nobody plans. */
const widest = 64;
/** A level follows the latest times; the shape hardly changes on one machine. */
const levelRate = 0.2;
const shapeRate = 0.1;
/** A single time counts for no more and no less than this many times what was expected. */
const clip = 1.5;

/** What a forward of so many tokens costs before it was ever measured: two for one, then 0.14 each. */
const assumedShape = (width: number): number => 1 + 0.14 * Math.max(0, width - 2);

/**
 * Milliseconds of a forward by its width, as measured: a level, which moves with the length of the
 * context and the load of the machine, times a shape by width. Widths that weren't measured lie between
 * those that were, along the shape that is assumed.
 */
export class ForwardTimes {
  #level = 0;
  /** By width: how far the shape is from what was assumed, 0 where it wasn't measured. */
  readonly #corrections = new Float64Array(widest + 1);

  /** Whether anything is known. */
  get measured(): boolean {
    return this.#level > 0;
  }

  observe(width: number, milliseconds: number): void {
    if (width > widest || !(milliseconds > 0)) return;
    if (this.#level === 0) this.#level = milliseconds / assumedShape(width);
    const expected = this.milliseconds(width);
    const ratio = Math.min(clip, Math.max(1 / clip, milliseconds / expected));
    if (width > 1) {
      // The first time may tell more: the shape was only assumed.
      const known = this.#corrections[width]! > 0;
      this.#corrections[width] = this.#correction(width) * ratio ** (known ? shapeRate : 0.5);
    }
    this.#level *= ratio ** levelRate;
  }

  /** Of one forward of `width` tokens; in proportion only, until something is measured. */
  milliseconds(width: number): number {
    return (this.#level || 1) * assumedShape(width) * this.#correction(width);
  }

  /** Measured, or on the line between the measured neighbours; beyond them, that of the last. Width 1 has 1. */
  #correction(width: number): number {
    const corrections = this.#corrections;
    const at = Math.min(width, widest);
    let below = at;
    while (below > 1 && corrections[below] === 0) below--;
    let above = at;
    while (above < widest && corrections[above] === 0) above++;
    const low = corrections[below] || 1;
    const high = corrections[above] || low;
    if (above === below) return low;
    return low + ((high - low) * (at - below)) / (above - below);
  }
}
