import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { launch, ready, send, test } from './app.ts';
import { killTree, processTree } from './process-tree.ts';

const longTask = 'Write a very long story about a lighthouse keeper, with many details.';

/** Process id of the engine host, the process that has ONNX Runtime loaded. */
function hostOf(pid: number): number {
  const host = processTree(pid).find((member) => {
    try {
      return fs.readFileSync(`/proc/${member}/maps`, 'utf8').includes('libonnxruntime');
    } catch {
      return false;
    }
  });
  if (host === undefined) throw new Error('no process has ONNX Runtime loaded');
  return host;
}

/** Records the visible text over time, with wall-clock timestamps. */
async function watchText(window: Page): Promise<() => Promise<readonly { at: number; text: string }[]>> {
  const seen: { at: number; text: string }[] = [];
  await window.exposeFunction('noteText', (at: number, text: string) => seen.push({ at, text }));
  await window.evaluate(() => {
    const note = (globalThis as unknown as { noteText(at: number, text: string): void }).noteText;
    new MutationObserver(() => {
      const texts = document.querySelectorAll('[data-testid="answer-text"]');
      note(Date.now(), texts[texts.length - 1]?.textContent ?? '');
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => Promise.resolve(seen);
}

const condensed = (text: string) => text.replace(/\s+/g, '');

test('kill -9 of the whole app loses at most the last 250 ms of text', async ({ data }) => {
  const app = await launch(data);
  await ready(app.window);
  const seen = await watchText(app.window);
  const answer = await send(app.window, longTask);
  await expect
    .poll(async () => (await answer.getByTestId('answer-text').innerText()).length, { timeout: 60_000 })
    .toBeGreaterThan(300);
  const killedAt = Date.now();
  killTree(app.pid);
  const before = (await seen()).filter(({ at }) => at <= killedAt - 250).at(-1);
  expect(before?.text.length).toBeGreaterThan(50);

  const again = await launch(data);
  const kept = again.window.getByTestId('answer').last();
  await expect(kept).toHaveAttribute('data-status', 'interrupted');
  const text = await kept.getByTestId('answer-text').innerText();
  expect(condensed(text).startsWith(condensed(before!.text))).toBe(true);
  await expect(again.window.locator('body')).toContainText(longTask);
  await again.electron.close();
});

test('a killed engine is reported, loses no text, and can be restarted', async ({ app: { window, pid } }) => {
  const answer = await send(window, longTask);
  await expect
    .poll(async () => (await answer.getByTestId('answer-text').innerText()).length, { timeout: 60_000 })
    .toBeGreaterThan(100);
  const before = await answer.getByTestId('answer-text').innerText();
  process.kill(hostOf(pid), 'SIGKILL');
  await expect(answer).toHaveAttribute('data-status', 'failed');
  await expect(window.getByTestId('engine-error')).toBeVisible();
  const after = await answer.getByTestId('answer-text').innerText();
  expect(condensed(after).startsWith(condensed(before))).toBe(true);
  await window.getByTestId('restart-engine').first().click();
  await ready(window);
  const next = await send(window, 'Say hello.');
  await expect(next).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
});

test('a crashed page is reloaded and reattaches to the running answer', async ({
  app: { window, electron },
}) => {
  const answer = await send(window, longTask);
  await expect(answer.getByTestId('answer-text')).not.toBeEmpty();
  const before = await answer.getByTestId('answer-text').innerText();
  const grown = await electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const text = () => {
      const code = `[...document.querySelectorAll('[data-testid="answer-text"]')].at(-1)?.innerText ?? ''`;
      return contents.executeJavaScript(code) as Promise<string>;
    };
    const loaded = new Promise<void>((resolve) => contents.once('did-finish-load', () => resolve()));
    contents.forcefullyCrashRenderer();
    await loaded;
    for (let turn = 0; turn < 100; turn++) {
      const found = await text();
      if (found !== '') return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return '';
  });
  expect(condensed(grown).startsWith(condensed(before))).toBe(true);
});

test('a hung engine is detected, killed and reported', async ({ app: { window, pid } }) => {
  test.setTimeout(120_000);
  const answer = await send(window, longTask);
  await expect(answer.getByTestId('answer-text')).not.toBeEmpty();
  process.kill(hostOf(pid), 'SIGSTOP');
  await expect(answer).toHaveAttribute('data-status', 'failed', { timeout: 30_000 });
  await expect(window.getByTestId('engine-error')).toContainText('did not respond');
  await window.getByTestId('restart-engine').first().click();
  await ready(window);
  const next = await send(window, 'Say hello.');
  await expect(next).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
});
