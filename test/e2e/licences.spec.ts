import { expect } from '@playwright/test';
import { test } from './app.ts';
import { axeViolationsInAllThemes, layoutFaultsAtAllSizes } from './visual-checks.ts';

test('the licences of all parts are read in Settings, by keyboard', async ({ app }) => {
  const { window } = app;
  await window.getByTestId('open-settings').click();
  const list = window.getByTestId('licences');
  await list.locator('summary').first().focus();
  await window.keyboard.press('Enter');
  const parts = list.getByRole('listitem');
  await expect(parts.nth(50)).toBeVisible();
  await expect(parts.filter({ hasText: 'Electron' }).first()).toContainText('MIT');
  const font = parts.filter({ hasText: '@fontsource-variable/source-serif-4' });
  await expect(font).toContainText('OFL-1.1');
  await font.locator('summary').focus();
  await window.keyboard.press('Enter');
  const text = font.getByRole('region', { name: 'Licence of @fontsource-variable/source-serif-4' });
  await expect(text).toContainText('SIL OPEN FONT LICENSE');
  // The whole text can be scrolled to by keyboard, too.
  await window.keyboard.press('Tab');
  await expect(text).toBeFocused();
  const own = window.locator('details').filter({ hasText: 'Foredraft' }).first();
  await own.locator('summary').click();
  await expect(own.getByRole('region')).toContainText('Apache License');
  expect(await axeViolationsInAllThemes(app)).toEqual([]);
  expect(await layoutFaultsAtAllSizes(app)).toEqual([]);
});
