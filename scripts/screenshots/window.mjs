import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { _electron as electron } from 'playwright';
import { cache, project } from '../set-up/paths.mjs';

/**
 * Starts the app with the data folder `data` and waits for its window.
 * @param {string} data
 * @param {Record<string, string>} [environment]
 */
export async function openWindow(data, environment = {}) {
  const { executable } = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
  const app = await electron.launch({
    executablePath: executable,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
    env: { ...process.env, FOREDRAFT_DATA: data, ...environment },
  });
  const window = await app.firstWindow();
  window.setDefaultTimeout(60_000);
  await window.getByTestId('composer').waitFor();
  return { app, window };
}

/** Waits until the model is loaded. */
export const waitForModel = (window) => window.locator('[data-testid="status-line"][data-state="ready"]').waitFor();

/** Changes some settings and reloads the window. */
export async function changeSettings(window, settings) {
  await window.evaluate(async (part) => {
    const { value } = await globalThis.api.request('settings-read', undefined);
    await globalThis.api.request('settings-write', { ...value, ...part });
  }, settings);
  await window.reload();
  await window.getByTestId('composer').waitFor();
}

/** Sends `text` and waits until the answer starts. */
export async function send(window, text) {
  await window.getByTestId('composer').fill(text);
  await window.getByTestId('send').click();
  await window.getByTestId('stop').waitFor();
}

/** Waits until no answer is streaming. */
export async function waitForAnswer(window) {
  await window.locator('[data-testid="answer"][data-status="streaming"]').waitFor({ state: 'detached' });
}

/** Sends `text` and waits for the complete answer. */
export async function ask(window, text) {
  await send(window, text);
  await waitForAnswer(window);
}

/** Opens an empty conversation. */
export async function newConversation(window) {
  await window.keyboard.press('Control+n');
  await window.getByTestId('example').first().waitFor();
}
