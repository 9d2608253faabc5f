import { expect } from '@playwright/test';
import { test } from './app.ts';
import { choose, paragraph, saved, textOf, writeDocument, written } from './document-steps.ts';
import { faults, hidden, look, resize, themesAndContrasts } from './looks.ts';

for (const [theme, contrast] of themesAndContrasts) {
  test(`axe finds nothing serious about a document in the ${theme} theme with ${contrast} contrast`, async ({
    app,
  }) => {
    const { window } = app;
    await look(app, theme, contrast);
    await window.keyboard.press('Control+Shift+D');
    await textOf(window).waitFor();
    expect(await faults(window)).toEqual([]);
    await choose(window, 'grammar');
    await expect(window.getByTestId('rewrite-error')).toBeVisible();
    expect(await faults(window)).toEqual([]);
    await window.getByTestId('rewrite-dismiss').click();
    await textOf(window).click();
    await window.keyboard.insertText(`# Letter\n\n${paragraph}`);
    await saved(window);
    await window.keyboard.press('Control+f');
    await window.keyboard.type('cup');
    await expect(window.locator('.cm-searchMatch').first()).toBeVisible();
    expect(await faults(window)).toEqual([]);
    await window.keyboard.press('Escape');
    await window.keyboard.press('Control+A');
    await expect(window.getByTestId('selection-bar')).toBeVisible();
    expect(await faults(window)).toEqual([]);
    await window.keyboard.press('Control+j');
    await expect(window.getByTestId('action-menu')).toBeVisible();
    expect(await faults(window)).toEqual([]);
    await window.getByTestId('edit-own').click();
    await window.getByTestId('own-new').click();
    expect(await faults(window)).toEqual([]);
    await window.getByTestId('close-own').click();
    await textOf(window).press('Control+End');
    await choose(window, 'grammar');
    await window.locator('.cm-added').first().waitFor({ timeout: 60_000 });
    expect(await faults(window)).toEqual([]);
    await written(window);
    expect(await faults(window)).toEqual([]);
    await textOf(window).press('Control+Shift+Enter');
    expect(await faults(window)).toEqual([]);
    await window.getByTestId('document-versions').click();
    await window.getByTestId('version-text').waitFor();
    expect(await faults(window)).toEqual([]);
    await window.getByTestId('document-list-button').click();
    expect(await faults(window)).toEqual([]);
  });
}

for (const [width, height] of [
  [900, 600],
  [480, 600],
  [1400, 900],
] as const) {
  test(`nothing of a document overlaps or sticks out at ${width} x ${height}`, async ({ app }) => {
    await resize(app, width, height);
    await writeDocument(app.window, paragraph);
    await choose(app.window, 'grammar');
    await written(app.window);
    expect(await hidden(app.window)).toEqual([]);
    const wide = await app.window.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await app.window.keyboard.press('Control+Shift+D');
    expect(await hidden(app.window)).toEqual([]);
  });
}
