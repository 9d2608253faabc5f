/** Edges in pixels of the window. */
export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a box goes: `top` or `bottom` is the edge that stays when its height changes. */
export interface Placement {
  readonly left: number;
  readonly top: number | null;
  /** Distance from the lower edge of the space. */
  readonly bottom: number | null;
  readonly maxHeight: number;
}

const gap = 8;
/** The least height in which a list of choices is of use. */
const leastHeight = 180;

/**
 * Places a box beside `anchor` without covering it: below, above, to the left or to the right, wherever all of it fits
 * first; else where it is the highest. Only an anchor that leaves no room on any side is covered, at its left edge.
 * @param space what the box must stay within
 */
export function placeBeside(
  anchor: Edges,
  { width, height }: { readonly width: number; readonly height: number },
  space: Edges,
): Placement {
  const within = (wanted: number, size: number, from: number, to: number) =>
    Math.max(from + gap, Math.min(wanted, to - gap - size));
  const aligned = within(anchor.left, width, space.left, space.right);
  const room = {
    below: space.bottom - gap - (anchor.bottom + gap),
    above: anchor.top - gap - (space.top + gap),
    beside: space.bottom - space.top - 2 * gap,
  };
  const below = { left: aligned, top: anchor.bottom + gap, bottom: null, maxHeight: room.below };
  const above = {
    ...{ left: aligned, top: null, bottom: space.bottom - anchor.top + gap },
    maxHeight: room.above,
  };
  const beside = (left: number): Placement => {
    const maxHeight = room.beside;
    return {
      left,
      top: within(anchor.top, Math.min(height, maxHeight), space.top, space.bottom),
      bottom: null,
      maxHeight,
    };
  };
  if (height <= room.below) return below;
  if (height <= room.above) return above;
  if (anchor.left - gap - width >= space.left + gap) return beside(anchor.left - gap - width);
  if (anchor.right + gap + width <= space.right - gap) return beside(anchor.right + gap);
  const higher = room.below >= room.above ? below : above;
  return higher.maxHeight >= leastHeight ? higher : beside(space.left + gap);
}
