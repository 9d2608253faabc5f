import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './app.ts';

test('commands are found and run by keyboard', async ({ app: { window } }) => {
  await window.keyboard.press('Control+Shift+P');
  const palette = window.getByTestId('command-palette');
  await expect(window.getByTestId('command-query')).toBeFocused();
  await window.keyboard.type('theme dark');
  await expect(palette.getByRole('option')).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await window.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');

  await window.keyboard.press('Control+Shift+P');
  await window.keyboard.type('contrast more');
  await window.keyboard.press('Enter');
  await expect(window.locator('html')).toHaveAttribute('data-contrast', 'more');

  await window.keyboard.press('Control+Shift+P');
  await window.keyboard.type('no such command');
  await expect(palette).toContainText('No matching commands.');
  await window.keyboard.press('Escape');
  await expect(palette).toBeHidden();

  await window.keyboard.press('Control+/');
  await expect(window.getByTestId('shortcut-sheet')).toContainText('Send the message');
  await window.keyboard.press('Escape');
  await expect(window.getByTestId('shortcut-sheet')).toBeHidden();

  // The focus returns to the composer.
  await window.keyboard.type('Half a thou');
  await window.keyboard.press('Control+Shift+P');
  await window.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await window.keyboard.type('ght');
  await expect(window.getByTestId('composer')).toHaveValue('Half a thought');
});
