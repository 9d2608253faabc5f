/**
 * `npm run bench:long-document`: time from a key press to the painted frame in a document of 1 MB, at its start, middle
 * and end, with autosave.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStores } from '../../src-main/stores.ts';
import { launch, ready } from '../e2e/app.ts';
import { textOf } from '../e2e/document-steps.ts';

const megabyte = 1_000_000;
const keys = 60;
const paragraph =
  'The keeper **climbed** the stairs at dusk, lit the lamp, and wrote down what the sea had brought that day.\n\n';
const text = paragraph.repeat(Math.ceil(megabyte / paragraph.length)).slice(0, megabyte);

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-bench-'));
const stores = openStores(path.join(data, 'history.sqlite'));
stores.documents.create('Long', text);
stores.close();
const app = await launch(data);
const { window } = app;
await ready(window);
const start = performance.now();
await window.keyboard.press('Control+Shift+D');
await textOf(window).waitFor();
console.log(`opened in ${(performance.now() - start).toFixed(0)} ms`);

/** Milliseconds from each of `keys` key presses to its painted frame, ascending. */
async function keysToFrames(): Promise<readonly number[]> {
  await window.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { times });
    const seen = () => {
      const pressed = performance.now();
      // After the next frame is painted.
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - pressed), 0));
    };
    addEventListener('keydown', seen, { capture: true });
  });
  for (let key = 0; key < keys; key++) await window.keyboard.type(key % 6 === 5 ? ' ' : 'a', { delay: 60 });
  const times = await window.evaluate(() => (globalThis as unknown as { times: number[] }).times);
  return times.sort((one, other) => one - other);
}

for (const place of ['Home', 'End', 'middle']) {
  await textOf(window).press(place === 'middle' ? 'Control+Home' : `Control+${place}`);
  if (place === 'middle') for (let page = 0; page < 100; page++) await textOf(window).press('PageDown');
  const times = await keysToFrames();
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0);
  console.log(`key to frame, ${place}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);
}
await app.electron.close();
fs.rmSync(data, { recursive: true, force: true });
