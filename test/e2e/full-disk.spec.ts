import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { electronInstall, launch, ready, send, test as base } from './app.ts';
import { textOf, writeDocument } from './document-steps.ts';
import type { SmallDisk } from '../fakes/small-disk.ts';
import { mountSmallDisk } from '../fakes/small-disk.ts';

const test = base.extend<{ disk: SmallDisk }>({
  disk: async ({ data }, use) => {
    const disk = mountSmallDisk(data, 48);
    test.skip(disk === undefined, 'mounting a small file system takes root');
    await use(disk!);
    disk!.unmount();
  },
});

const longTask = 'Write a very long story about a lighthouse keeper, with many details.';
const letter = `Dear Sir, ${'the cups are broken, and nobody answers. '.repeat(400)}`;

/** Answers the next dialogs about unsaved text by the label of a button; returns what they said. */
async function answerDialogs(electron: ElectronApplication, labels: readonly string[], file = '') {
  await electron.evaluate(
    ({ dialog }, [labels, file]) => {
      const asked: string[] = [];
      const left = [...labels];
      Object.assign(globalThis, { asked });
      const answer = (...args: readonly unknown[]) => {
        const { message, detail, buttons } = args.at(-1) as Electron.MessageBoxOptions;
        asked.push(`${message}\n${detail}`);
        const response = buttons!.indexOf(left.shift() ?? 'Cancel');
        return Promise.resolve({ response, checkboxChecked: false });
      };
      dialog.showMessageBox = answer as typeof dialog.showMessageBox;
      const save = () => Promise.resolve({ canceled: file === '', filePath: file });
      dialog.showSaveDialog = save as typeof dialog.showSaveDialog;
    },
    [labels, file] as const,
  );
  return {
    asked: () =>
      electron.evaluate(() => (globalThis as unknown as { readonly asked: readonly string[] }).asked),
  };
}

const quit = (electron: ElectronApplication) => electron.evaluate(({ app }) => app.quit());
const isOpen = (window: Page) => !window.isClosed();

test('a quit with a full disk stays open, and quits once there is space, with all text', async ({
  data,
  disk,
}) => {
  const app = await launch(data);
  await ready(app.window);
  const dialogs = await answerDialogs(app.electron, ['Cancel', 'Try Again']);
  await writeDocument(app.window, 'Dear Sir,');
  const answer = await send(app.window, longTask);
  await expect(answer.getByTestId('answer-text')).toContainText(/.{40}/s, { timeout: 60_000 });
  disk.fill();
  await textOf(app.window).click();
  await app.window.keyboard.press('Control+End');
  await app.window.keyboard.insertText(letter);
  await app.window.getByTestId('composer').fill('Half a question');
  // Long enough for the answer to meet the full disk.
  await expect(app.window.getByTestId('document-state')).toHaveAttribute('data-state', 'failed');
  const seen = await answer.getByTestId('answer-text').innerText();
  await quit(app.electron);
  await expect.poll(() => dialogs.asked()).toHaveLength(1);
  expect((await dialogs.asked())[0]).toMatch(/^Some text couldn’t be saved\n.*disk is full/s);
  expect(isOpen(app.window)).toBe(true);
  await expect(textOf(app.window)).toContainText('nobody answers');

  const closed = app.electron.waitForEvent('close');
  disk.free();
  await quit(app.electron);
  await closed;
  const again = await launch(data);
  await expect(textOf(again.window)).toContainText(letter.trim());
  await expect(again.window.getByTestId('composer')).toHaveValue('Half a question');
  const kept = await again.window.getByTestId('answer-text').last().innerText();
  expect(kept.replace(/\s/g, '').startsWith(seen.replace(/\s/g, ''))).toBe(true);
  await again.electron.close();
});

test('closing the window with a full disk can save the text elsewhere', async ({ data, disk }) => {
  const elsewhere = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-elsewhere-')), 'Unsaved.md');
  const app = await launch(data);
  await ready(app.window);
  await answerDialogs(app.electron, ['Save Elsewhere…'], elsewhere);
  await writeDocument(app.window, 'Dear Sir,');
  disk.fill();
  await app.window.keyboard.insertText(letter);
  await app.window.getByTestId('composer').fill('Half a question '.repeat(600));
  const closed = app.electron.waitForEvent('close');
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await closed;
  const text = fs.readFileSync(elsewhere, 'utf8');
  expect(text).toContain(letter);
  expect(text).toContain('Half a question '.repeat(600).trim());
  fs.rmSync(path.dirname(elsewhere), { recursive: true });
});

test('a start with a full disk says so', async ({ data, disk }) => {
  disk.fill();
  const message = await startFailure(data);
  expect(message).toContain('the disk is full');
});

test('a data folder that can’t be made is named in a sentence', async ({ data }) => {
  const file = path.join(data, 'a file');
  fs.writeFileSync(file, '');
  const message = await startFailure(path.join(file, 'folder'));
  expect(message).toContain(`The data folder ${path.join(file, 'folder')} can't be made`);
});

/** What the program writes to stderr when it can't start on the data folder `data`. */
async function startFailure(data: string): Promise<string> {
  const project = path.join(import.meta.dirname, '../..');
  const child = spawn(
    electronInstall().executable,
    [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
    { env: { ...process.env, FOREDRAFT_DATA: data } },
  );
  let written = '';
  child.stderr.on('data', (chunk) => (written += String(chunk)));
  try {
    await expect.poll(() => written, { timeout: 60_000 }).toMatch(/can't/);
    return written;
  } finally {
    child.kill('SIGKILL');
  }
}
