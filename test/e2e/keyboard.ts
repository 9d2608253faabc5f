import type { Locator, Page } from '@playwright/test';

/** Maximum number of key presses. */
const maxPresses = 60;

/** Presses Tab or Shift+Tab until `target` has the focus. */
export async function tabTo(window: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let passed = 0; passed < maxPresses; passed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await window.keyboard.press(key);
  }
  throw new Error(
    `${key} doesn't reach ${String(target)} within ${maxPresses} presses: add it to the tab order.`,
  );
}
