/**
 * How long a person waits for the first change of Fix grammar on a paragraph of 120 words, from the key that chooses
 * it: `npm run bench:first-change`. While the menu is open the model reads ahead, so it is measured for persons who
 * look at the menu for none, 300 and 600 ms; each time with another beginning, so that the text is new to the model.
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

const looks = [0, 300, 600];
const rounds = 5;
const beginnings =
  'So Now Then Here Today Again Still Once Later Well First Next Last Often Soon Yes And But'.split(' ');

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-bench-'));
const app = await launch(data);
const { window } = app;
await ready(window);
await writeDocument(window, `${paragraph}\n\nYours, Mira`);

/** Milliseconds until the first change is seen, for somebody who looked at the menu for `lookMs`. */
async function waited(beginning: string, lookMs: number): Promise<number> {
  await textOf(window).press('Control+Home');
  await window.keyboard.type(`${beginning} we say: `);
  await window.keyboard.press('Control+j');
  await window.getByTestId('action-query').waitFor();
  await window.waitForTimeout(lookMs);
  await watchFirstChange(window);
  await window.keyboard.press('Enter');
  await written(window);
  const { shown } = await firstChange(window);
  await textOf(window).press('Control+Shift+Backspace');
  await window.getByTestId('rewrite-dismiss').click();
  return shown;
}

const times = new Map<number, number[]>(looks.map((look) => [look, []]));
for (let round = 0; round < rounds; round++) {
  for (const [index, look] of looks.entries()) {
    const beginning = beginnings[round * looks.length + index] ?? '';
    times.get(look)?.push(await waited(beginning, look));
  }
}
for (const [look, list] of times) {
  const sorted = [...list].sort((one, other) => one - other);
  const shown = sorted.map((time) => (time / 1000).toFixed(2)).join(', ');
  console.log(
    `menu open for ${look} ms: median ${((sorted[rounds >> 1] ?? 0) / 1000).toFixed(2)} s (${shown})`,
  );
}
await app.electron.close();
fs.rmSync(data, { recursive: true, force: true });
