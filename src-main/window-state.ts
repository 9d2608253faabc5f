import fs from 'node:fs';
import * as v from 'valibot';

const boundsSchema = v.object({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(1)),
  height: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
const stateSchema = v.object({ bounds: boundsSchema, maximized: v.boolean() });

/** Where a window was and how large, in the screen's points. */
export type Bounds = v.InferOutput<typeof boundsSchema>;
export type WindowState = v.InferOutput<typeof stateSchema>;

/** Part of the window that must be on a screen, so that it can be seen and moved. */
const leastVisible = 80;

/**
 * The state kept in `file`, if there is one that can be used: undefined where none was kept, where it can't be
 * read, or where the screen that the window stood on is gone.
 * @param screens the work areas of the screens there are
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

/** Keeps `state` in `file`; where that fails the window simply opens as it first did. */
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
  return across >= leastVisible && down >= leastVisible;
}
