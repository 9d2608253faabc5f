import type { Locator, Page } from '@playwright/test';

/** Controls that a person passes before giving up. */
const mostPassed = 60;

/** Goes on by Tab, or back by Shift+Tab, until `target` has the keyboard. */
export async function tabTo(window: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let passed = 0; passed < mostPassed; passed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await window.keyboard.press(key);
  }
  throw new Error(
    `${key} doesn't lead to ${String(target)} in ${mostPassed} steps: give it a place among them.`,
  );
}
