import path from 'node:path';
import { expect } from '@playwright/test';
import { launch, ready, type RunningApp, test } from './app.ts';
import { dictionaryHost, dictionaryServer } from './dictionary-server.ts';

const models = path.join(import.meta.dirname, '../../models');

const rulesOf = ({ electron }: RunningApp) =>
  electron.evaluate(() => (globalThis as unknown as { resolverRules: string }).resolverRules);

/** Types a misspelled word, which triggers a dictionary lookup. */
async function misspell({ window }: RunningApp): Promise<void> {
  await window.getByTestId('composer').focus();
  await window.keyboard.type('Wrnogly writen wrods. ');
}

async function setSpellCheck({ window }: RunningApp, name: 'On' | 'Off'): Promise<void> {
  await window.keyboard.press('Control+,');
  const choice = window.getByRole('radiogroup', { name: 'Spell check' });
  await choice.getByRole('radio', { name, exact: true }).press('Space');
  await expect(choice.getByRole('radio', { name, exact: true })).toBeChecked();
}

test('dictionaries are requested only while spell check is on', async ({ data }) => {
  test.skip(process.platform === 'darwin', 'macOS has built-in dictionaries');
  const server = await dictionaryServer(data);
  const start = () => launch(data, { entry: server.entry, environment: { FOREDRAFT_MODELS: models } });

  const off = await start();
  await ready(off.window);
  expect(await rulesOf(off)).toBe('MAP * ~NOTFOUND');
  await misspell(off);
  await setSpellCheck(off, 'On');
  // The setting takes effect at the next start.
  await off.window.keyboard.press('Control+n');
  await misspell(off);
  await off.window.waitForTimeout(1500);
  expect(server.requests()).toBe(0);
  await off.electron.close();

  const on = await start();
  expect(await rulesOf(on)).toContain(`EXCLUDE ${dictionaryHost}`);
  await misspell(on);
  await expect.poll(server.requests).toBeGreaterThan(0);
  await setSpellCheck(on, 'Off');
  await on.electron.close();

  const before = server.requests();
  const again = await start();
  await ready(again.window);
  await misspell(again);
  await again.window.waitForTimeout(1500);
  expect(await rulesOf(again)).toBe('MAP * ~NOTFOUND');
  expect(server.requests()).toBe(before);
  await again.electron.close();
  server.close();
});
