import { expect } from '@playwright/test';
import { send, test } from './app.ts';

const million = 999_001;
const texts = {
  'one letter': 'a'.repeat(million),
  'the alphabet': 'abcdefghijklmnopqrstuvwxyz'.repeat(40_000).slice(0, million),
  prose: 'The lighthouse keeper counts the ships, one by one. '.repeat(20_000).slice(0, million),
};

for (const [name, text] of Object.entries(texts)) {
  test(`a message of a million characters is counted, edited and not sent while the engine lives: ${name}`, async ({
    app: { window },
  }) => {
    const failures: string[] = [];
    await window.exposeFunction('noteStatus', (state: string) => failures.push(state));
    await window.evaluate(() => {
      const { api, noteStatus } = globalThis as unknown as {
        readonly api: { on(name: string, listener: (status: { state: string }) => void): void };
        noteStatus(state: string): void;
      };
      api.on('engine-status', ({ state }) => noteStatus(state));
    });
    const composer = window.getByTestId('composer');
    await composer.fill(text);
    await expect(window.getByTestId('context-gauge')).toHaveAttribute('data-fit', 'over', {
      timeout: 60_000,
    });
    await composer.press('End');
    for (const key of 'typed') await composer.press(key);
    await expect(composer).toHaveValue(/typed$/);
    // It isn't sent, and says why.
    await expect(window.getByTestId('send')).toBeDisabled();
    await expect(window.getByTestId('status-line').and(window.locator('[data-state="ready"]'))).toBeVisible();
    const answer = await send(window, 'Say hello.');
    await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    expect(failures).toEqual([]);
  });
}
