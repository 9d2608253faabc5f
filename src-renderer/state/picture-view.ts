import type { Mark, Picture } from '../../src-main/report/picture/picture.ts';

/** What of a picture is in sight: its upper left corner and how many of its points make one of the screen's. */
export interface PictureView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const [closest, farthest] = [0.25, 8];

/** Everything from the upper left corner, as large as it was drawn. */
export const startView: PictureView = { x: 0, y: 0, scale: 1 };

export function panned({ x, y, scale }: PictureView, right: number, down: number): PictureView {
  return { x: x + right * scale, y: y + down * scale, scale };
}

/** Nearer (`factor` below 1) or farther, with the point at `atX`, `atY` of the screen staying where it is. */
export function zoomed({ x, y, scale }: PictureView, factor: number, atX: number, atY: number): PictureView {
  const next = Math.min(farthest, Math.max(closest, scale * factor));
  return { x: x + atX * (scale - next), y: y + atY * (scale - next), scale: next };
}

/** The view kept so far within the picture that something of it is seen. */
export function within(
  { x, y, scale }: PictureView,
  { width, height }: Pick<Picture, 'width' | 'height'>,
  seenWidth: number,
  seenHeight: number,
): PictureView {
  const most = (whole: number, seen: number) => Math.max(0, whole - seen * scale);
  const clamp = (value: number, high: number) => Math.min(high, Math.max(0, value));
  return { x: clamp(x, most(width, seenWidth)), y: clamp(y, most(height, seenHeight)), scale };
}

/** Whether a mark may be seen between `left` and `right`; a path may reach anywhere around its start. */
export function isNear(mark: Mark, left: number, right: number): boolean {
  const reach = 160;
  const x = mark.kind === 'path' ? Number(/^M(-?[\d.]+)/.exec(mark.d)?.[1] ?? left) : mark.x;
  return x >= left - reach && x <= right + reach;
}
