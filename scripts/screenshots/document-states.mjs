import { letter, notes } from './sample-texts.mjs';

/**
 * A document: empty, written, searched, rewritten, deleted.
 * @param {import('./states.mjs').Context} context
 */
export async function documentStates({ window, screenshots, queries }) {
  const text = window.locator('[data-testid="document-text"] .cm-content');
  await window.keyboard.press('Control+Shift+D');
  await text.waitFor();
  await screenshots.take('document-empty');
  await window.keyboard.insertText(notes);
  await window.getByTestId('new-document').click();
  await window.keyboard.insertText(letter);
  await window.locator('[data-testid="document-state"][data-state="saved"]').waitFor();
  await text.press('Control+Home');
  await screenshots.take('document');
  await window.keyboard.press('Control+f');
  await window.keyboard.type('cup');
  await screenshots.take('document-search');
  await window.keyboard.press('Escape');

  await text.press('Control+Home');
  for (let line = 0; line < 4; line++) await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Home');
  await window.keyboard.press('Shift+ArrowDown');
  await window.keyboard.press('Shift+ArrowDown');
  await window.getByTestId('selection-bar').waitFor();
  await screenshots.take('document-selection');
  await actionStates({ window, screenshots });
  await rewriteStates({ window, screenshots, queries, text });
  await listStates({ window, screenshots });
  await window.keyboard.press('Control+Shift+D');
}

/** The action menu and custom actions. */
async function actionStates({ window, screenshots }) {
  await window.keyboard.press('Control+j');
  await screenshots.take('document-actions');
  await window.keyboard.type('Write this as a question');
  await screenshots.take('document-instruction');
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await window.getByTestId('custom-action-name').fill('Question');
  await window.getByTestId('custom-action-shortcut').selectOption('1');
  await screenshots.take('custom-action-form');
  await window.getByTestId('custom-action-save').click();
  await window.getByTestId('custom-action-edit').waitFor();
  await screenshots.take('custom-actions');
  await window.locator('[data-action="grammar"]').click();
  await screenshots.take('action-strategy');
  await window.getByTestId('action-strategy-back').click();
  await window.getByTestId('custom-action-delete').click();
  await window.getByTestId('custom-action-restore').waitFor();
  await screenshots.take('custom-action-deleted');
  await window.getByTestId('custom-action-restore').click();
  await window.getByTestId('close-custom-actions').click();
}

async function rewriteStates({ window, screenshots, queries, text }) {
  const bar = window.getByTestId('rewrite-bar');
  const choose = async (query) => {
    await text.press('Control+j');
    await window.getByTestId('action-query').waitFor();
    await window.keyboard.type(query);
    await window.keyboard.press('Enter');
  };
  const written = () => bar.and(window.locator('[data-state="deciding"], [data-state="withheld"], [data-state="ended"]')).waitFor();
  await text.press('Control+a');
  await choose(queries.expand);
  await window.locator('.cm-added').first().waitFor();
  await screenshots.take('rewrite-streaming');
  await window
    .getByTestId('rewrite-stop')
    .click({ timeout: 2000 })
    .catch(() => undefined);
  await written();
  await window.getByTestId('rewrite-dismiss').click();

  await text.press('Control+Home');
  for (let line = 0; line < 4; line++) await window.keyboard.press('ArrowDown');
  await choose(queries.grammar);
  await written();
  await screenshots.take('rewrite-diff');
  await window.getByTestId('accept').click();
  await window.getByTestId('next-change').click();
  await screenshots.take('rewrite-partly');
  await window.getByTestId('seek-others').click();
  await screenshots.take('rewrite-loading-others');
  await window.getByTestId('stop-others').waitFor({ state: 'detached' });
  await screenshots.take('rewrite-alternatives');
  await window.getByTestId('reject-all').click();
  await screenshots.take('rewrite-decided');
  await window.getByTestId('rewrite-dismiss').click();
  await text.press('Control+Home');
  await window.keyboard.press('ArrowDown');
  await choose(queries.grammar);
  await window.getByTestId('rewrite-error').waitFor();
  await screenshots.take('rewrite-error');
  await window.getByTestId('rewrite-dismiss').click();
}

/** The document list, versions and a deleted document. */
async function listStates({ window, screenshots }) {
  await window.getByTestId('document-versions').click();
  await window.getByTestId('version-text').waitFor();
  await screenshots.take('versions');
  await window.getByTestId('close-versions').click();
  const list = window.getByTestId('document-list');
  await window.getByTestId('document-list-button').click();
  await screenshots.take('document-list', async () => {
    if (!(await list.isVisible())) await window.getByTestId('document-list-button').click();
    await list.getByRole('listitem').first().hover();
  });
  await list.getByTestId('delete-document').first().click();
  await window.keyboard.press('Escape');
  await screenshots.take('document-deleted');
  await window.getByTestId('document-restore').click();
}
