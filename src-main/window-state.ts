import fs from 'node:fs';
import * as v from 'valibot';

const boundsSchema = v.object({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(1)),
  height: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
const stateSchema = v.object({ bounds: boundsSchema, maximized: v.boolean() });

/** Position and size of a window, in device-independent pixels. */
export type Bounds = v.InferOutput<typeof boundsSchema>;
export type WindowState = v.InferOutput<typeof stateSchema>;

/** Height of a title bar, which has to be on a screen so that the window can be moved. */
const titleBarHeight = 32;
/** Width of title bar that one screen has to show: wider than the window buttons, which don't move a window. */
const grabbableWidth = 200;

/**
 * The window state stored in `file`, within a connected screen: a window is no larger than its screen, and one whose
 * title bar is off every screen moves onto the screen that shows most of it. Undefined if nothing is stored, it can't
 * be read, or no screen shows the window.
 * @param screens work areas of the connected screens
 */
export function readWindowState(file: string, screens: readonly Bounds[]): WindowState | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(stateSchema, stored);
  if (!parsed.success) return undefined;
  const bounds = boundsWithin(screens, parsed.output.bounds);
  return bounds && { ...parsed.output, bounds };
}

/** Stores `state` in `file`. A failure is only a warning: the window then opens at its default size. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    fs.writeFileSync(`${file}.new`, JSON.stringify(state));
    fs.renameSync(`${file}.new`, file);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

function boundsWithin(screens: readonly Bounds[], bounds: Bounds): Bounds | undefined {
  const screen =
    screens.find((candidate) => isGrabbable(bounds, candidate)) ?? mostOverlapped(screens, bounds);
  if (screen === undefined) return undefined;
  const width = Math.min(bounds.width, screen.width);
  const height = Math.min(bounds.height, screen.height);
  const resized = { ...bounds, width, height };
  if (isGrabbable(resized, screen)) return resized;
  const within = (start: number, first: number, room: number) =>
    Math.max(first, Math.min(start, first + room));
  return {
    x: within(bounds.x, screen.x, screen.width - width),
    y: within(bounds.y, screen.y, screen.height - height),
    width,
    height,
  };
}

/** Whether `screen` shows the title bar in its full height, and enough of its width. */
function isGrabbable(bounds: Bounds, screen: Bounds): boolean {
  const titleBar = { ...bounds, height: Math.min(titleBarHeight, bounds.height) };
  const { across, down } = overlap(titleBar, screen);
  return across >= Math.min(grabbableWidth, bounds.width) && down >= titleBar.height;
}

/** The screen with the largest part of `bounds`; undefined if none has any. */
function mostOverlapped(screens: readonly Bounds[], bounds: Bounds): Bounds | undefined {
  let best: { screen: Bounds; area: number } | undefined;
  for (const screen of screens) {
    const { across, down } = overlap(bounds, screen);
    if (across > 0 && down > 0 && across * down > (best?.area ?? 0)) best = { screen, area: across * down };
  }
  return best?.screen;
}

/** How far two rectangles overlap in each direction; negative where they are apart. */
function overlap(one: Bounds, other: Bounds): { across: number; down: number } {
  return {
    across: Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x),
    down: Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y),
  };
}
