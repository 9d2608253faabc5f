import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** Makes the inside of the window `width` x `height` points large. */
export async function resize({ electron }: RunningApp, width: number, height: number): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0]!.setContentSize(wide!, high!),
    [width, height],
  );
}

/** As narrow as a window can be made, one with room, and the smallest one of a desktop. */
const sizes = [
  [480, 600],
  [1400, 900],
  [900, 600],
] as const;

/** Every theme, also with the contrast that a system may ask for. */
const themesAndContrasts = [
  ['light', 'usual'],
  ['dark', 'usual'],
  ['light', 'high'],
  ['dark', 'high'],
] as const;

/** Shows the window as on a system with that theme and contrast. */
export async function look(
  { window, electron }: RunningApp,
  theme: 'light' | 'dark',
  contrast: 'usual' | 'high',
): Promise<void> {
  await electron.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
  await window.emulateMedia({
    colorScheme: theme,
    contrast: contrast === 'high' ? 'more' : 'no-preference',
    // Colours change at once.
    reducedMotion: 'reduce',
  });
  const root = window.locator('html');
  await root.and(window.locator(`[data-theme="${theme}"]`)).waitFor();
  await root.and(window.locator(`[data-contrast="${contrast === 'high' ? 'more' : 'normal'}"]`)).waitFor();
}

/** What axe finds that keeps somebody from using the window. */
export async function faults(window: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** The same for every theme and contrast; the window stays in the last. */
export async function faultsInEveryLook(app: RunningApp): Promise<string[]> {
  const found: string[] = [];
  for (const [theme, contrast] of themesAndContrasts) {
    await look(app, theme, contrast);
    found.push(...(await faults(app.window)).map((fault) => `${theme}, ${contrast} contrast: ${fault}`));
  }
  return found;
}

/** Controls whose middle is covered by something else, or that stick out of the window. */
export function hidden(window: Page): Promise<string[]> {
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
      if (!across && (box.right > innerWidth + 1 || box.left < -1)) return [`${name} sticks out`];
      const top = document.elementFromPoint(x, y);
      return top && (control.contains(top) || top.contains(control)) ? [] : [`${name} is covered`];
    });
  });
}

const [patience, pauseMs] = [10, 200];

/** As `hidden`, and whether the whole page is wider than the window. */
async function outOfPlace(window: Page): Promise<string[]> {
  const wide = await window.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const found = await hidden(window);
  return wide > 0 ? [...found, `the page is ${wide} points wider than the window`] : found;
}

/** The same for every size; the window stays in the last. */
export async function hiddenAtEverySize(app: RunningApp): Promise<string[]> {
  const found: string[] = [];
  for (const [width, height] of sizes) {
    await resize(app, width, height);
    await app.window.waitForFunction((wide) => innerWidth === wide, width);
    let faulty = await outOfPlace(app.window);
    // What floats over a text follows a moment later.
    for (let turn = 0; turn < patience && faulty.length > 0; turn++) {
      await app.window.waitForTimeout(pauseMs);
      faulty = await outOfPlace(app.window);
    }
    found.push(...faulty.map((fault) => `${width} x ${height}: ${fault}`));
  }
  return found;
}
