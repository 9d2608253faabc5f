import { expect } from '@playwright/test';
import { send, test } from './app.ts';
import { faults, hidden, resize } from './looks.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the ${theme} theme`, async ({ app }) => {
    await app.window.emulateMedia({ colorScheme: theme });
    await app.electron.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
    expect(await faults(app.window)).toEqual([]);
    const answer = await send(app.window, 'Name three colours.');
    await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    expect(await faults(app.window)).toEqual([]);
    await app.window.getByTestId('open-settings').click();
    expect(await faults(app.window)).toEqual([]);
  });
}

for (const [width, height] of [
  [900, 600],
  [480, 600],
  [1400, 900],
] as const) {
  test(`nothing overlaps or sticks out at ${width} x ${height}`, async ({ app }) => {
    await resize(app, width, height);
    const answer = await send(app.window, 'Write three sentences about rain.');
    await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    expect(await hidden(app.window)).toEqual([]);
    const wide = await app.window.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}

test('what was written does not move while an answer grows', async ({ app: { window } }) => {
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
