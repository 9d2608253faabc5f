import fs from 'node:fs';
import path from 'node:path';
import { cache } from './paths.mjs';

const fileOf = (name) => path.join(cache, 'stamps', name);

/** Whether the step `name` was completed for exactly this `content`. */
export function isStamped(name, content) {
  try {
    return fs.readFileSync(fileOf(name), 'utf8') === content;
  } catch {
    return false;
  }
}

/** Records that the step `name` is complete for `content`. */
export function stamp(name, content) {
  fs.mkdirSync(path.dirname(fileOf(name)), { recursive: true });
  fs.writeFileSync(fileOf(name), content);
}

/** Invalidates the stamp of the step `name`; call before changing its output. */
export function unstamp(name) {
  fs.rmSync(fileOf(name), { force: true });
}
