import fs from 'node:fs';
import path from 'node:path';
import { cache } from './places.mjs';

const fileOf = (name) => path.join(cache, 'stamps', name);

/** Whether the step `name` was completed for just this `content`. */
export function isStamped(name, content) {
  try {
    return fs.readFileSync(fileOf(name), 'utf8') === content;
  } catch {
    return false;
  }
}

/** Notes that the step `name` is complete for `content`. */
export function stamp(name, content) {
  fs.mkdirSync(path.dirname(fileOf(name)), { recursive: true });
  fs.writeFileSync(fileOf(name), content);
}

/** Forgets that the step `name` was completed: what it made is about to be taken apart. */
export function unstamp(name) {
  fs.rmSync(fileOf(name), { force: true });
}
