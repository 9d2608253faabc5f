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

/** Overlap with a screen, in both directions, that lets a window be seen and moved. */
const minimumVisible = 80;

/**
 * The window state stored in `file`; undefined if there is none, it can't be read, or its screen is disconnected.
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
  return screens.some((screen) => overlaps(parsed.output.bounds, screen)) ? parsed.output : undefined;
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

function overlaps(one: Bounds, other: Bounds): boolean {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across >= minimumVisible && down >= minimumVisible;
}
