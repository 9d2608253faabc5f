import path from 'node:path';
import { expect } from '@playwright/test';
import { launch, send, test } from './app.ts';
import { axeViolations, axeViolationsInAllThemes, emulate, layoutFaultsAtAllSizes } from './visual-checks.ts';

test('has no serious axe violations in any theme and contrast', async ({ app }) => {
  const { window } = app;
  const looksFine = async (state: string) =>
    expect({ state, faults: await axeViolationsInAllThemes(app) }).toEqual({ state, faults: [] });
  await looksFine('an empty conversation');
  const answer = await send(window, 'Name three colours.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await looksFine('an answer');
  await answer.getByTestId('edit').click();
  await looksFine('an answer that is edited');
  await window.getByTestId('edit-field').fill('Blue');
  await window.getByTestId('edit-cancel').click();
  await looksFine('an edit that can be undone');
  for (const sheet of ['open-outline', 'open-system-prompt', 'open-strategy']) {
    await window.getByTestId(sheet).click();
    await looksFine(sheet);
    await window.keyboard.press('Escape');
  }
  for (const keys of ['Control+Shift+P', 'Control+/']) {
    await window.keyboard.press(keys);
    await looksFine(keys);
    await window.keyboard.press('Escape');
  }
  const row = window.getByTestId('conversation-row');
  await row.hover();
  await row.getByTestId('delete').click();
  await window.getByTestId('show-deleted').click();
  await looksFine('what was deleted');
  await window.getByTestId('open-settings').click();
  await looksFine('settings');
});

test('has no serious axe violations without a model, in high contrast', async ({ data }) => {
  const app = await launch(data, { environment: { FOREDRAFT_MODELS: path.join(data, 'no-models') } });
  await app.window.getByTestId('engine-error').waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await emulate(app, theme, 'high');
    expect(await axeViolations(app.window)).toEqual([]);
  }
  await app.electron.close();
});

test('nothing overlaps or overflows at any window size', async ({ app }) => {
  const answer = await send(app.window, 'Write three sentences about rain.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  expect(await layoutFaultsAtAllSizes(app)).toEqual([]);
});

test('existing text does not move while an answer streams', async ({ app: { window } }) => {
  const first = await send(window, 'Say hello.');
  await expect(first).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await window.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: false });
  });
  const answer = await send(window, 'Explain in three sentences how rain is made.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 120_000 });
  const shifts = await window.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.1);
});
