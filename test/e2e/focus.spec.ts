import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { send, test } from './app.ts';
import { resize } from './visual-checks.ts';

const focused = (window: Page) => window.evaluate(() => document.activeElement?.tagName ?? '');

test('the focus goes to the message or stays nearby when the pressed button goes', async ({
  app: { window },
}) => {
  test.setTimeout(180_000);
  const composer = window.getByTestId('composer');
  const answer = await send(window, 'Write a long story about a lighthouse keeper, with many details.');
  await expect(answer.getByTestId('answer-text')).not.toBeEmpty();
  await window.getByTestId('stop').press('Enter');
  await expect(answer).toHaveAttribute('data-status', 'stopped');
  await expect(composer).toBeFocused();

  const done = () =>
    expect(window.getByTestId('answer')).toHaveAttribute('data-status', 'stopped', { timeout: 60_000 });
  for (const button of ['regenerate', 'continue']) {
    await window.getByTestId(button).press('Enter');
    await expect(composer).toBeFocused();
    await expect(window.getByTestId('answer')).toHaveAttribute('data-status', 'streaming');
    // Without any text there would be nothing to continue.
    await expect(window.getByTestId('answer').getByTestId('answer-text')).not.toBeEmpty();
    await window.keyboard.press('Escape');
    await done();
  }

  await window.getByTestId('attach-files').setInputFiles([
    { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('One') },
    { name: 'two.exe', mimeType: 'text/plain', buffer: Buffer.from('Two') },
  ]);
  await window.getByTestId('refused-files').getByRole('button').last().press('Enter');
  await expect(window.getByTestId('refused-files')).toBeHidden();
  await expect.poll(() => focused(window)).not.toBe('BODY');
  await window.getByTestId('attachments').getByRole('button').last().press('Enter');
  await expect(window.getByTestId('attachments')).toBeHidden();
  await expect.poll(() => focused(window)).not.toBe('BODY');

  await window.getByTestId('conversation-row').hover();
  await window.getByTestId('conversation-row').getByTestId('delete').click();
  await window.getByTestId('undo-notice').getByRole('button').last().press('Enter');
  await expect(window.getByTestId('undo-notice')).toBeHidden();
  await expect(composer).toBeFocused();

  // A click on nothing gives the focus up on purpose.
  await window.getByTestId('example').first().focus();
  await window.locator('h2').first().click();
  await expect.poll(() => focused(window)).toBe('BODY');
});

test('sheets open below their buttons, within the window', async ({ app }) => {
  const { window } = app;
  const answer = await send(window, 'Name a colour.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await window.getByTestId('toggle-document').click();
  for (const width of [1400, 900, 480]) {
    await resize(app, width, 600);
    await window.waitForFunction((wide) => innerWidth === wide, width);
    for (const name of ['document-list-button', 'open-outline', 'open-system-prompt', 'open-strategy']) {
      const button = window.getByTestId(name);
      if (!(await button.isVisible())) continue;
      await button.click();
      const sheet = (await window.locator('.sheet:popover-open').boundingBox())!;
      const from = (await button.boundingBox())!;
      const named = `${name} at ${width}`;
      expect([named, sheet.y - from.y - from.height < 12, sheet.y >= from.y + from.height]).toEqual([
        named,
        true,
        true,
      ]);
      expect([named, sheet.x <= from.x + 1, sheet.x + sheet.width <= width]).toEqual([named, true, true]);
      // As near as the window allows.
      const nearest = Math.max(14, Math.min(from.x, width - 14 - sheet.width));
      expect(Math.abs(sheet.x - nearest), named).toBeLessThan(2);
      await window.keyboard.press('Escape');
    }
  }
});
