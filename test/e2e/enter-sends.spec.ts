import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';

type EnterInit = Pick<KeyboardEventInit, 'isComposing' | 'keyCode' | 'repeat'>;

/** Enter as an input method presses it, which ends or continues its composition. */
async function composingEnter(window: Page, testId: string, part: EnterInit): Promise<void> {
  await window
    .getByTestId(testId)
    .evaluate(
      (field, init) =>
        field.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }),
        ),
      part,
    );
}

test('Enter sends messages and edits, Shift+Enter and input methods don’t, and the setting turns it round', async ({
  app: { window },
}) => {
  test.setTimeout(120_000);
  const composer = window.getByTestId('composer');
  const done = () =>
    expect(window.getByTestId('answer').last()).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await composer.fill('你好');
  await composingEnter(window, 'composer', { isComposing: true });
  await composingEnter(window, 'composer', { keyCode: 229 });
  // A held key may have been pressed elsewhere.
  await composingEnter(window, 'composer', { keyCode: 13, repeat: true });
  await expect(window.getByTestId('question')).toHaveCount(0);
  await composer.fill('Name a');
  await composer.press('Shift+Enter');
  await window.keyboard.type('colour.');
  await expect(composer).toHaveValue('Name a\ncolour.');
  await window.keyboard.press('Enter');
  await expect(window.getByTestId('question')).toContainText('colour.');
  await expect(composer).toHaveValue('');
  await done();

  await window.getByTestId('question').getByTestId('edit').click();
  const field = window.getByTestId('edit-field');
  await field.fill('Name an animal');
  await composingEnter(window, 'edit-field', { isComposing: true });
  await field.press('Shift+Enter');
  await expect(field).toHaveValue('Name an animal\n');
  await field.press('Enter');
  await expect(window.getByTestId('question')).toContainText('2 / 2');
  await expect(composer).toBeFocused();
  await done();
  // The text of an answer isn't sent: Enter starts a new line there.
  await window.getByTestId('answer').last().getByTestId('edit').click();
  await field.fill('Red');
  await field.press('Enter');
  await expect(field).toHaveValue('Red\n');
  await window.getByTestId('edit-cancel').click();

  await window.keyboard.press('Control+,');
  await window.getByRole('radio', { name: 'New line' }).press('Space');
  await window.keyboard.press('Control+N');
  await composer.fill('Name');
  await composer.press('Enter');
  await expect(composer).toHaveValue('Name\n');
  await composer.press('Control+Enter');
  await expect(window.getByTestId('question')).toContainText('Name');
  await window.reload();
  await composer.fill('More');
  await composer.press('Enter');
  await expect(composer).toHaveValue('More\n');
});
