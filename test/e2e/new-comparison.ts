import type { Page } from '@playwright/test';

export const prompt = 'Once upon a time';

/** Sets up a new comparison that continues `prompt` by up to `tokens` tokens. */
export async function setUp(window: Page, tokens: number): Promise<void> {
  await window.getByTestId('open-compare').click();
  await window.getByTestId('compare-prompt').fill(prompt);
  await window.locator('input[type=radio][value="raw"]').check({ force: true });
  await window.getByTestId('compare-maxTokens').fill(String(tokens));
}
