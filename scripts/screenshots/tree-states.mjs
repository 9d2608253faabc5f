import { ask, newConversation, waitForAnswer } from './window.mjs';

/**
 * Conversation operations: edit, continue, branch, outline, archive, delete.
 * @param {import('./states.mjs').Context} context
 */
export async function treeStates({ window, screenshots }) {
  await newConversation(window);
  await ask(window, 'Name a colour, and say in one sentence why people like it.');
  await ask(window, 'And an animal of that colour?');
  const question = window.getByTestId('question').first();
  await question.hover();
  await question.getByTestId('edit').click();
  await screenshots.take('edit-question');
  await window.getByTestId('edit-field').fill('Name a metal.');
  await window.getByTestId('edit-cancel').click();
  await screenshots.take('edit-left');
  await window.getByTestId('undo-notice').getByRole('button').last().click();

  await window.getByTestId('answer').first().getByTestId('edit').click();
  await screenshots.take('edit-answer');
  await window.getByTestId('edit-field').fill('Blue, because the sea and the sky');
  await window.getByTestId('edit-save').click();
  await window.getByTestId('edit-field').waitFor({ state: 'detached' });
  await screenshots.take('edited-answer');
  await window.getByTestId('answer').first().getByTestId('continue').click();
  await waitForAnswer(window);
  await screenshots.take('continued-answer');
  await window.getByTestId('answer').first().getByTestId('previous-sibling').click();
  await window.getByTestId('answer').first().getByTestId('previous-sibling').click();

  await window.getByTestId('branch').first().click();
  await screenshots.take('branch');
  await window.keyboard.press('Control+Shift+O');
  await screenshots.take('outline');
  await window.keyboard.press('Escape');
  await window.getByTestId('cancel-branch').click();
  await listStates({ window, screenshots });
}

/** The conversation list; in narrow windows it covers the text. */
async function listStates({ window, screenshots }) {
  const row = window.getByTestId('conversation-row').first();
  const withList = async () => {
    const list = window.getByTestId('show-conversations');
    if ((await list.isVisible()) && !(await row.isVisible())) await list.click();
    await row.hover();
  };
  await row.hover();
  await row.getByTestId('star-conversation').click();
  await screenshots.take('row', withList);
  await row.locator('[data-open]').press('F2');
  await screenshots.take('row-renamed', async () => {
    await withList();
    if (await row.locator('[data-open]').isVisible()) await row.locator('[data-open]').press('F2');
  });
  await window.keyboard.press('Escape');
  await row.hover();
  await row.getByTestId('archive').click();
  await screenshots.take('archived-undo');
  await window.getByTestId('show-archived').click();
  await screenshots.take('archive', withList);
  await window.getByTestId('undo').click();
  await window.getByTestId('shelf-back').click();
  await row.hover();
  await row.getByTestId('delete').click();
  await screenshots.take('deleted-undo');
  await window.getByTestId('show-deleted').click();
  await window.getByTestId('empty-deleted').click();
  await screenshots.take('deleted', withList);
  await window.getByTestId('undo').click();
  await window.getByTestId('shelf-back').click();
  await window.getByTestId('answer').first().waitFor();
}
