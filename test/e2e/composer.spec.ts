import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { send, test } from './app.ts';
import { axeViolations, obstructed, resize } from './visual-checks.ts';

const fixture = (name: string) => path.join(import.meta.dirname, '../renderer/attachments/files', name);
const settings = (window: Page) =>
  window.evaluate(async () => {
    const { api } = globalThis as unknown as { api: { request(name: string): Promise<unknown> } };
    return ((await api.request('settings-read')) as { value: Record<string, unknown> }).value;
  });

async function command(window: Page, words: string): Promise<void> {
  await window.keyboard.press('Control+Shift+P');
  await window.keyboard.type(words);
  await window.keyboard.press('Enter');
}

test('files are attached or rejected, by keyboard alone', async ({ app }) => {
  const { window } = app;
  await expect(window.getByTestId('composer')).toBeFocused();
  const asked = window.waitForEvent('filechooser');
  await command(window, 'attach');
  await (await asked).setFiles([fixture('minutes.docx'), fixture('protected.docx'), fixture('bomb.docx')]);
  const chips = window.getByTestId('attachments');
  await expect(chips).toContainText('minutes.docx');
  await expect(window.getByTestId('refused-files')).toContainText('password-protected');
  await expect(window.getByTestId('refused-files')).toContainText('more than 24 MB');
  const drop = await window.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['The tide turns at noon.'], 'tide.txt'));
    data.items.add(new File(['x'], 'tide.exe'));
    return data;
  });
  await window.dispatchEvent('body', 'drop', { dataTransfer: drop });
  await expect(chips).toContainText('tide.txt');
  await expect(window.getByTestId('refused-files')).toContainText('“tide.exe”');
  await resize(app, 480, 600);
  expect(await obstructed(window)).toEqual([]);
  expect(await axeViolations(window)).toEqual([]);

  await window.keyboard.type('Who read the letter aloud?');
  await window.keyboard.press('Control+Enter');
  const files = window.getByTestId('message-files');
  await expect(files).toContainText('minutes.docx');
  await files.locator('summary').first().press('Enter');
  await expect(files).toContainText('Ann read the letter from the harbour office aloud.');
  await expect(files).toContainText('潮汐表下周寄出。 ☕ Café');
  const answer = window.getByTestId('answer');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  expect(await axeViolations(window)).toEqual([]);
  await expect(window).toHaveTitle(/^Who read the letter aloud\?/);

  await window.reload();
  await expect(files).toContainText('tide.txt');
  await window.getByTestId('composer').press('ArrowUp');
  await expect(window.getByTestId('composer')).toHaveValue('Who read the letter aloud?');
  await window.keyboard.press('ArrowDown');
  await expect(window.getByTestId('composer')).toHaveValue('');
});

test('a prompt beyond the context is measured, reported and not sent', async ({ app: { window } }) => {
  const gauge = window.getByTestId('context-gauge');
  await window.getByTestId('composer').fill('Hello there.');
  await expect(gauge).toContainText(/context \d+ \//);
  const counted = Number(/context ([\d,]+) \//.exec(await gauge.innerText())?.[1]);
  await window.getByTestId('composer').fill('tide '.repeat(9000));
  await expect(gauge).toHaveAttribute('data-fit', 'over');
  await expect(window.getByTestId('send')).toBeDisabled();
  await window.getByTestId('composer').fill('tide '.repeat(7500));
  await expect(gauge).toHaveAttribute('data-fit', 'tight');
  await expect(window.getByText('Room for an answer')).toBeVisible();
  const answer = await send(window, 'Hello there.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  const read = await window.evaluate(async () => {
    type Ask = (name: string, argument?: unknown) => Promise<{ value: never }>;
    const { request } = (globalThis as unknown as { api: { request: Ask } }).api;
    const [{ id }] = (await request('conversations-list')).value as [{ id: string }];
    const { messages } = (await request('conversation-open', { id })).value as {
      messages: { run: { statistics: { promptTokens: number } } | null }[];
    };
    return messages.at(-1)?.run?.statistics.promptTokens;
  });
  expect(read).toBe(counted);
});

test('presets, several versions and examples work by keyboard and leave the default unchanged', async ({
  app: { window },
}) => {
  test.setTimeout(180_000);
  const before = await settings(window);
  await window.getByTestId('example').nth(1).press('Enter');
  await expect(window.getByTestId('open-strategy')).toContainText('Beam 6');
  await window.keyboard.press('Control+Enter');
  await expect(window.getByTestId('example-note')).toContainText('six texts');
  await window.getByTestId('other-texts').locator('summary').press('Enter', { timeout: 60_000 });
  await window.getByTestId('save-other-text').first().press('Enter');
  await expect(window.getByText('2 / 2')).toBeVisible();
  expect(await axeViolations(window)).toEqual([]);
  expect(await settings(window)).toEqual(before);

  await window.keyboard.press('Control+N');
  await command(window, 'several versions');
  await expect(window.getByTestId('open-strategy')).toContainText('× 3');
  await command(window, 'system prompt email');
  await window.getByTestId('open-strategy').press('Enter');
  await window.getByTestId('field-maxTokens').fill('12');
  await window.getByTestId('versions').selectOption('2');
  expect(await axeViolations(window)).toEqual([]);
  await window.keyboard.press('Escape');
  await send(window, 'Invite Ann to the harbour.');
  await expect(window.getByText('2 / 2')).toBeVisible({ timeout: 60_000 });
  await expect(window.getByTestId('answer')).not.toHaveAttribute('data-status', 'streaming', {
    timeout: 60_000,
  });
  const second = await window.getByTestId('answer-text').innerText();
  await window.getByTestId('previous-sibling').press('Enter');
  expect(await window.getByTestId('answer-text').innerText()).not.toBe(second);

  await window.getByTestId('open-system-prompt').press('Enter');
  await expect(window.getByTestId('system-prompt')).toHaveValue(/^You write emails/);
  await window.getByTestId('system-prompt').fill('Answer like a pirate.');
  await window.getByTestId('preset-name').fill('Pirate');
  await window.keyboard.press('Enter');
  await expect(window.getByTestId('preset').last()).toHaveText('Pirate');
  expect(await axeViolations(window)).toEqual([]);
  await window.reload();
  await window.getByTestId('open-system-prompt').click();
  await window.getByTestId('preset-delete').press('Enter');
  await window.getByTestId('preset-restore').press('Enter');
  await expect(window.getByTestId('preset').last()).toHaveText('Pirate');
});
