/** `npm run screenshots`: pictures of the window in its states and themes, into screenshots/. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { _electron as electron } from 'playwright';
import { composerPictures } from './screenshots-composer.mjs';
import { treePictures } from './screenshots-tree.mjs';
import { cache, project } from './set-up/places.mjs';

const { executable } = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
const folder = path.join(project, 'screenshots');
const question = 'Give me a numbered list of five ideas for a talk about tides, then one closing sentence.';
fs.mkdirSync(folder, { recursive: true });

async function open(data, environment = {}) {
  const app = await electron.launch({
    executablePath: executable,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
    env: { ...process.env, FOREDRAFT_DATA: data, ...environment },
  });
  const window = await app.firstWindow();
  await window.getByTestId('composer').waitFor();
  return { app, window };
}

const ready = (window) => window.locator('[data-testid="status-line"][data-state="ready"]').waitFor();
const settled = (window) =>
  window.locator('[data-testid="answer"]:not([data-status="streaming"])').last().waitFor();

async function picture(window, name) {
  await window.waitForTimeout(250);
  await window.screenshot({ path: path.join(folder, `${name}.png`) });
  console.log(`screenshots/${name}.png`);
}

async function resize(app, width, height) {
  await app.evaluate(
    ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0].setContentSize(wide, high),
    [width, height],
  );
}

async function settings(window, part) {
  await window.evaluate(async (change) => {
    const { value } = await globalThis.api.request('settings-read', undefined);
    await globalThis.api.request('settings-write', { ...value, ...change });
  }, part);
}

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-pictures-'));
for (const [theme, language, contrast = 'system'] of [
  ['light', 'en'],
  ['dark', 'en'],
  ['light', 'zh-CN'],
  ['light', 'en', 'more'],
  ['dark', 'zh-CN', 'more'],
]) {
  const name = `${theme}-${language}${contrast === 'more' ? '-contrast' : ''}`;
  const { app, window } = await open(data);
  await settings(window, { theme, language, contrast, maxTokens: 400 });
  await window.reload();
  await ready(window);
  await window.getByTestId('new-conversation').first().click();
  await picture(window, `empty-${name}`);
  await window.getByTestId('composer').fill(question);
  await window.getByTestId('send').click();
  await window.waitForTimeout(1200);
  await picture(window, `streaming-${name}`);
  await settled(window);
  await picture(window, `answer-${name}`);
  await window.keyboard.press('Control+l');
  await window.getByTestId('lens-tokens').getByRole('option').nth(5).click();
  await window.getByTestId('lens-alternative').first().waitFor();
  await picture(window, `lens-${name}`);
  await window.keyboard.press('Escape');
  await window.getByTestId('regenerate').last().click();
  await window.waitForTimeout(500);
  await settled(window);
  await window.getByTestId('composer').fill('Write a very long story about rain, with many paragraphs.');
  await window.getByTestId('send').click();
  await window.waitForTimeout(3000);
  await window.getByTestId('stop').click();
  await settled(window);
  await picture(window, `long-${name}`);
  await treePictures(window, (state) => picture(window, `${state}-${name}`));
  for (const [width, height] of [
    [900, 600],
    [480, 600],
  ]) {
    await resize(app, width, height);
    await picture(window, `${width}x${height}-${name}`);
  }
  await resize(app, 1180, 800);
  await composerPictures(
    window,
    (state) => picture(window, `${state}-${name}`),
    (width, height) => resize(app, width, height),
    () => settled(window),
  );
  await window.getByTestId('open-settings').click();
  await picture(window, `settings-${name}`);
  await app.close();
}

for (const language of ['en', 'zh-CN']) {
  const { app, window } = await open(data, { FOREDRAFT_MODELS: path.join(data, 'no-models') });
  await settings(window, { theme: 'light', language });
  await window.reload();
  await window.getByTestId('engine-error').waitFor();
  await picture(window, `error-light-${language}`);
  await app.close();
}
fs.rmSync(data, { recursive: true, force: true });
