import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { send, test } from './app.ts';
import { axeViolationsInAllThemes, resize } from './visual-checks.ts';

async function choose(window: Page, kind: string): Promise<void> {
  await window.getByTestId('open-strategy').click();
  await window.locator(`input[type=radio][value="${kind}"]`).check({ force: true });
}

async function close(window: Page): Promise<void> {
  await window.keyboard.press('Escape');
  await expect(window.getByTestId('reset-strategy')).toBeHidden();
}

/** Waits until what the window has received is shown: text is painted once a frame. */
function painted(window: Page): Promise<void> {
  return window.evaluate(
    () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => shown()))),
  );
}

test('every strategy answers through the window; lossless ones give the same text', async ({
  app: { window },
}) => {
  test.setTimeout(180_000);
  const texts = new Map<string, string>();
  for (const kind of ['auto', 'greedy', 'sampling', 'contrastive', 'speculative', 'beam', 'candidate-set']) {
    await window.getByTestId('new-conversation').first().click();
    await choose(window, kind);
    await window.getByTestId('field-maxTokens').fill('24');
    await close(window);
    const answer = await send(window, 'Write one sentence about the sea.');
    await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    await painted(window);
    texts.set(kind, await answer.getByTestId('answer-text').innerText());
    expect(texts.get(kind)).not.toBe('');
  }
  expect(texts.get('auto')).toBe(texts.get('greedy'));
  expect(texts.get('speculative')).toBe(texts.get('greedy'));
  expect(texts.get('contrastive')).not.toBe('');
});

test('an invalid setting is reported beside its field and never sent', async ({ app: { window } }) => {
  await choose(window, 'beam');
  await window.getByTestId('field-maxTokens').fill('8');
  const width = window.getByTestId('field-width');
  await width.fill('0');
  await expect(width).toHaveAttribute('aria-invalid', 'true');
  await expect(width).toHaveAccessibleDescription(/Must be from 1 to 32/);
  await width.fill('4');
  await window.getByTestId('field-groups').fill('3');
  await expect(window.getByTestId('field-groups')).toHaveAccessibleDescription(/multiple of the groups/);
  await window.locator('input[type=radio][value="sampling"]').check({ force: true });
  await window.getByTestId('field-topP').fill('1.5');
  await expect(window.getByTestId('field-topP')).toHaveAccessibleDescription(/Must be from 0.01 to 1/);
  await window.locator('input[type=radio][value="speculative"]').check({ force: true });
  await window.getByTestId('choice-proposer').selectOption('draft-model');
  await expect(window.getByTestId('choice-draftModel')).toHaveAttribute('aria-invalid', 'true');
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await close(window);
  // The last valid settings stay in use: beam search with its default width.
  const answer = await send(window, 'Name a colour.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  const strategy = await window.evaluate(async () => {
    type Ask = (name: string, argument?: unknown) => Promise<{ value: never }>;
    const { request } = (globalThis as unknown as { api: { request: Ask } }).api;
    const [{ id }] = (await request('conversations-list')).value as [{ id: string }];
    const opened = (await request('conversation-open', { id })).value as {
      settings: { strategy: { kind: string } };
    };
    return opened.settings.strategy;
  });
  expect(strategy).toMatchObject({ kind: 'speculative', proposer: 'prompt-lookup' });
});

test('the strategy chooser works by keyboard', async ({ app: { window } }) => {
  await window.getByTestId('open-strategy').focus();
  await window.keyboard.press('Enter');
  await window.locator('input[type=radio][value="auto"]').focus();
  await window.keyboard.press('ArrowDown');
  await expect(window.locator('input[type=radio][value="greedy"]')).toBeChecked();
  await window.keyboard.press('Tab');
  await expect(window.getByTestId('field-repetitionPenalty')).toBeFocused();
  await window.keyboard.press('ArrowUp');
  await expect(window.getByTestId('field-repetitionPenalty')).toHaveValue('1.01');
  await window.keyboard.press('Escape');
  await expect(window.getByTestId('open-strategy')).toContainText('Greedy');
});

test('styles and strategies are one list beside their settings, which fits a small window', async ({
  app,
}) => {
  const { window } = app;
  await window.getByTestId('open-strategy').press('Enter');
  const entry = (value: string) => window.locator(`input[type=radio][value="${value}"]`);
  // Settings of both: the style first, then whichever was chosen.
  await expect(entry('preset-exact')).toBeFocused();
  await expect(entry('preset-exact')).toBeChecked();
  await entry('auto').check({ force: true });
  await expect(entry('preset-exact')).not.toBeChecked();
  await entry('preset-versions').check({ force: true });
  await expect(window.getByTestId('open-strategy')).toContainText('× 3');
  await expect(window.getByTestId('versions')).toHaveValue('3');
  await window.keyboard.press('ArrowUp');
  await expect(entry('preset-inventive')).toBeChecked();
  await window.keyboard.press('Tab');
  await expect(window.getByTestId('versions')).toBeFocused();
  await window.getByTestId('field-temperature').fill('1.2');
  // No longer the style: the strategy itself.
  await expect(entry('auto')).toBeChecked();

  expect(await axeViolationsInAllThemes(app)).toEqual([]);
  for (const [width, height] of [
    [900, 600],
    [480, 600],
  ] as const) {
    await resize(app, width, height);
    await window.waitForFunction((wide) => innerWidth === wide, width);
    for (const part of [window.getByTestId('strategy-settings'), window.getByRole('dialog')]) {
      const box = (await part.boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
    for (const value of ['preset-exact', 'candidate-set']) {
      await entry(value).check({ force: true });
      await expect(window.locator('label').filter({ has: entry(value) })).toBeInViewport();
    }
  }
});
