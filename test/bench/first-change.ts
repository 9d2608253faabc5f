/**
 * `npm run bench:first-change`: time from choosing Fix grammar on a paragraph of 120 words to the first visible change.
 * The cache is warmed while the menu is open, so it is measured with the menu open for 0, 300 and 600 ms. Each round
 * changes the start of the text, so that nothing is cached before.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch, ready } from '../e2e/app.ts';
import {
  firstChange,
  paragraph,
  textOf,
  watchFirstChange,
  writeDocument,
  written,
} from '../e2e/document-steps.ts';

const menuTimes = [0, 300, 600];
const rounds = 5;
const beginnings =
  'So Now Then Here Today Again Still Once Later Well First Next Last Often Soon Yes And But'.split(' ');

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-bench-'));
const app = await launch(data);
const { window } = app;
await ready(window);
await writeDocument(window, `${paragraph}\n\nYours, Mira`);

/** Milliseconds until the first visible change, after the menu was open for `menuMs`. */
async function timeToFirstChange(beginning: string, menuMs: number): Promise<number> {
  await textOf(window).press('Control+Home');
  await window.keyboard.type(`${beginning} we say: `);
  await window.keyboard.press('Control+j');
  await window.getByTestId('action-query').waitFor();
  await window.waitForTimeout(menuMs);
  await watchFirstChange(window);
  await window.keyboard.press('Enter');
  await written(window);
  const { shown } = await firstChange(window);
  await textOf(window).press('Control+Shift+Backspace');
  await window.getByTestId('rewrite-dismiss').click();
  return shown;
}

const times = new Map<number, number[]>(menuTimes.map((menuMs) => [menuMs, []]));
for (let round = 0; round < rounds; round++) {
  for (const [index, menuMs] of menuTimes.entries()) {
    const beginning = beginnings[round * menuTimes.length + index] ?? '';
    times.get(menuMs)?.push(await timeToFirstChange(beginning, menuMs));
  }
}
for (const [menuMs, list] of times) {
  const sorted = [...list].sort((one, other) => one - other);
  const shown = sorted.map((time) => (time / 1000).toFixed(2)).join(', ');
  console.log(
    `menu open for ${menuMs} ms: median ${((sorted[rounds >> 1] ?? 0) / 1000).toFixed(2)} s (${shown})`,
  );
}
await app.electron.close();
fs.rmSync(data, { recursive: true, force: true });
