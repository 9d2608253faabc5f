import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { launch, ready, send, test } from './app.ts';

const id = 'smollm2-135m-instruct';
const original = path.join(import.meta.dirname, '../../models', id);

/** A models folder with the default model, whose tokenizer may be changed; the large files are links. */
function copyOfModel(data: string): { readonly models: string; readonly tokenizer: string } {
  const models = path.join(data, 'models');
  fs.mkdirSync(path.join(models, id), { recursive: true });
  for (const name of fs.readdirSync(original)) {
    const [from, to] = [fs.realpathSync(path.join(original, name)), path.join(models, id, name)];
    if (name.startsWith('tokenizer')) fs.copyFileSync(from, to);
    else fs.symlinkSync(from, to);
  }
  return { models, tokenizer: path.join(models, id, 'tokenizer.json') };
}

/** Flips a bit of a letter of some token, so that the file still is a tokenizer. */
function flipBit(file: string): void {
  const content = fs.readFileSync(file);
  content[content.indexOf('"hello"') + 1]! ^= 1;
  fs.writeFileSync(file, content);
}

test('a damaged model is refused on its first load, by the name of the file', async ({ data }) => {
  const { models, tokenizer } = copyOfModel(data);
  flipBit(tokenizer);
  const { electron, window } = await launch(data, { environment: { FOREDRAFT_MODELS: models } });
  const notice = window.getByTestId('engine-error');
  await expect(notice).toContainText('tokenizer.json');
  await expect(notice).toContainText('SHA-256');
  await electron.close();
});

test('a model that is damaged while it is loaded is found in the background, and not loaded again', async ({
  data,
}) => {
  const { models, tokenizer } = copyOfModel(data);
  const time = new Date();
  fs.utimesSync(tokenizer, time, time);
  const { electron, window } = await launch(data, { environment: { FOREDRAFT_MODELS: models } });
  await ready(window);
  flipBit(tokenizer);
  fs.utimesSync(tokenizer, time, time);
  const notice = window.getByTestId('engine-error');
  await expect(notice).toContainText('tokenizer.json', { timeout: 60_000 });
  await window.getByTestId('restart-engine').click();
  await expect(window.getByTestId('status-line')).not.toHaveAttribute('data-state', 'ready');
  await expect(notice).toContainText('tokenizer.json');
  // Negative control: repaired, it writes.
  fs.copyFileSync(path.join(original, 'tokenizer.json'), tokenizer);
  await window.getByTestId('restart-engine').click();
  await ready(window);
  const answer = await send(window, 'Say hello.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await electron.close();
});
