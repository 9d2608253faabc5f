import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** Sets the window's content size in CSS pixels. */
export async function resize({ electron }: RunningApp, width: number, height: number): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0]!.setContentSize(wide!, high!),
    [width, height],
  );
}

/** The minimum size, a large one, and a small desktop window. */
const sizes = [
  [480, 600],
  [1400, 900],
  [900, 600],
] as const;

/** All themes, each with normal and high contrast. */
const themesAndContrasts = [
  ['light', 'usual'],
  ['dark', 'usual'],
  ['light', 'high'],
  ['dark', 'high'],
] as const;

/** Emulates a system with the given theme and contrast. */
export async function emulate(
  { window, electron }: RunningApp,
  theme: 'light' | 'dark',
  contrast: 'usual' | 'high',
): Promise<void> {
  await electron.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
  await window.emulateMedia({
    colorScheme: theme,
    contrast: contrast === 'high' ? 'more' : 'no-preference',
    // Colours change without transitions.
    reducedMotion: 'reduce',
  });
  const root = window.locator('html');
  await root.and(window.locator(`[data-theme="${theme}"]`)).waitFor();
  await root.and(window.locator(`[data-contrast="${contrast === 'high' ? 'more' : 'normal'}"]`)).waitFor();
}

/** Serious and critical axe violations. */
export async function axeViolations(window: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Axe violations in all themes and contrasts; leaves the window in the last one. */
export async function axeViolationsInAllThemes(app: RunningApp): Promise<string[]> {
  const found: string[] = [];
  for (const [theme, contrast] of themesAndContrasts) {
    await emulate(app, theme, contrast);
    found.push(
      ...(await axeViolations(app.window)).map((fault) => `${theme}, ${contrast} contrast: ${fault}`),
    );
  }
  return found;
}

/** Controls that are covered at their centre or overflow the window. */
export function obstructed(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>('button, textarea, input, select, a[href]');
    return [...controls].flatMap((control) => {
      const box = control.getBoundingClientRect();
      const shown = control.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true } as object);
      if (!shown || box.width === 0 || control.closest('[inert]')) return [];
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      for (let place = control.parentElement; place; place = place.parentElement) {
        if (!place.matches('[data-scrolls], [data-scrolls-across]')) continue;
        const frame = place.getBoundingClientRect();
        if (y < frame.top || y > frame.bottom || x < frame.left || x > frame.right) return [];
      }
      const name = control.getAttribute('aria-label') ?? control.textContent ?? control.tagName;
      const across = control.closest('[data-scrolls-across]');
      if (!across && (box.right > innerWidth + 1 || box.left < -1)) return [`${name} overflows the window`];
      const top = document.elementFromPoint(x, y);
      return top && (control.contains(top) || top.contains(control)) ? [] : [`${name} is covered`];
    });
  });
}

const [retries, pauseMs] = [10, 200];

/** Obstructed controls, and whether the page is wider than the window. */
async function layoutFaults(window: Page): Promise<string[]> {
  const wide = await window.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const found = await obstructed(window);
  return wide > 0 ? [...found, `the page is ${wide} px wider than the window`] : found;
}

/** Layout faults at all window sizes; leaves the window at the last one. */
export async function layoutFaultsAtAllSizes(app: RunningApp): Promise<string[]> {
  const found: string[] = [];
  for (const [width, height] of sizes) {
    await resize(app, width, height);
    await app.window.waitForFunction((wide) => innerWidth === wide, width);
    let faulty = await layoutFaults(app.window);
    // Floating elements are positioned with a delay.
    for (let turn = 0; turn < retries && faulty.length > 0; turn++) {
      await app.window.waitForTimeout(pauseMs);
      faulty = await layoutFaults(app.window);
    }
    found.push(...faulty.map((fault) => `${width} x ${height}: ${fault}`));
  }
  return found;
}
