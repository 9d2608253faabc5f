/**
 * `npm run bench:compare`: time from a click to the painted frame for saved comparisons: a list of 500, one comparison of
 * six columns, and the tree of a beam search of width 8 over 200 steps.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { RecordingStores } from '../runs/recording-stores.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { launch, ready } from '../e2e/app.ts';
import { sampleRequest, searchStep } from '../comparisons/comparison-samples.ts';
import { finishedComparison } from '../comparisons/finished-comparison.ts';
import { sampleStatistics, tokenEvent } from '../conversations/samples.ts';

const turns = 9;
const [width, steps] = [8, 200];

/** Stores a comparison whose second column has the trace of a beam search. */
function storeSearch(stores: RecordingStores): void {
  const { runs } = stores.comparisons.create({ ...sampleRequest, prompt: 'The search', repeats: 1 });
  const writer = stores.record(runs[1]!.id);
  for (let step = 0; step < steps; step++) {
    const { nodes } = searchStep(width, step);
    writer.add({ type: 'beam-step', nodes: nodes.filter(({ fate }) => fate === 'live') });
    writer.add(tokenEvent(step));
  }
  writer.finish('length', sampleStatistics);
}

/** Milliseconds from a click on `control`, or from `key` sent to it, to the painted frame with `shown`; both are selectors. */
function shownAfter(
  window: Page,
  control: string,
  shown: string,
  key?: { readonly key: string; readonly shiftKey?: boolean },
): Promise<number> {
  return window.evaluate(
    async ([pressed, awaited, typed]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      const element = document.querySelector<HTMLElement>(pressed)!;
      const start = performance.now();
      if (typed) element.dispatchEvent(new KeyboardEvent('keydown', { ...typed, bubbles: true }));
      else element.click();
      do await frame();
      while (document.querySelector(awaited) === null);
      // A message event follows the paint of the current frame.
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
      return performance.now() - start;
    },
    [control, shown, key ?? null] as const,
  );
}

const test = (id: string) => `[data-testid="${id}"]`;

async function measure(name: string, turn: () => Promise<number>): Promise<void> {
  const times: number[] = [];
  for (let count = 0; count < turns; count++) times.push(await turn());
  const [first] = times;
  times.sort((one, other) => one - other);
  const [median, most] = [times[Math.floor(turns / 2)]!, times.at(-1)!];
  console.log(
    `${name.padEnd(34)} first ${first!.toFixed(0)} ms, median ${median.toFixed(0)} ms, longest ${most.toFixed(0)} ms`,
  );
}

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-bench-'));
const stores = openRecording(path.join(data, 'history.sqlite'));
for (let index = 0; index < 500; index++) stores.comparisons.import(finishedComparison(index));
storeSearch(stores);
stores.close();
const { electron, window } = await launch(data);
await ready(window);
await window.waitForTimeout(2000);
const row = (place: number) => `${test('comparison-list')} li:nth-child(${place}) .open`;

await measure('The list of 500 comparisons', async () => {
  const time = await shownAfter(window, test('open-compare'), row(1));
  await window.getByTestId('open-write').click();
  await window.waitForTimeout(200);
  return time;
});
await window.getByTestId('open-compare').click();
let place = 2;
await measure('A comparison of 6 columns', async () => {
  await window.getByTestId('new-comparison').click();
  await window.waitForTimeout(300);
  place += 1;
  const time = await shownAfter(window, row(place), test('result-table'));
  await window.waitForTimeout(300);
  return time;
});
await window.locator(row(1)).click();
await window.getByTestId('tab-speed').waitFor();
await measure(`The tree of ${width} x ${steps}`, async () => {
  await window.getByTestId('tab-speed').click();
  await window.waitForTimeout(300);
  return shownAfter(window, test('tab-inside'), `${test('chart-tree')} [data-key]`);
});
const atMark = `${test('chart-tree')} [tabindex="0"]`;
for (const [name, key] of [
  ['  an arrow key', { key: 'ArrowRight' }],
  ['  moved by a key', { key: 'ArrowRight', shiftKey: true }],
  ['  zoomed out step by step', { key: '-' }],
  ['  moved while zoomed out', { key: 'ArrowRight', shiftKey: true }],
] as const) {
  await measure(name, () => shownAfter(window, atMark, atMark, key));
}
const asTable = `${test('chart-tree')} ${test('chart-as-table')}`;
await measure('  as a table', async () => {
  const time = await shownAfter(window, asTable, `${test('chart-tree')} td`);
  await window.locator(`${test('chart-tree')} tr:nth-child(${width * steps})`).waitFor();
  await window.locator(asTable).click();
  return time;
});
await electron.close();
fs.rmSync(data, { recursive: true, force: true });
