import { answered, begin, settled } from './window.mjs';

/**
 * What can be done with a conversation: edited, continued, branched, gone through, put away, deleted.
 * @param {import('./states.mjs').Surroundings} surroundings
 */
export async function treeStates({ window, camera }) {
  await begin(window);
  await answered(window, 'Name a colour, and say in one sentence why people like it.');
  await answered(window, 'And an animal of that colour?');
  const question = window.getByTestId('question').first();
  await question.hover();
  await question.getByTestId('edit').click();
  await camera.take('edit-question');
  await window.getByTestId('edit-field').fill('Name a metal.');
  await window.getByTestId('edit-cancel').click();
  await camera.take('edit-left');
  await window.getByTestId('undo-notice').getByRole('button').last().click();

  await window.getByTestId('answer').first().getByTestId('edit').click();
  await camera.take('edit-answer');
  await window.getByTestId('edit-field').fill('Blue, because the sea and the sky');
  await window.getByTestId('edit-save').click();
  await window.getByTestId('edit-field').waitFor({ state: 'detached' });
  await camera.take('edited-answer');
  await window.getByTestId('answer').first().getByTestId('continue').click();
  await settled(window);
  await camera.take('continued-answer');
  await window.getByTestId('answer').first().getByTestId('previous-sibling').click();
  await window.getByTestId('answer').first().getByTestId('previous-sibling').click();

  await window.getByTestId('branch').first().click();
  await camera.take('branch');
  await window.keyboard.press('Control+Shift+O');
  await camera.take('outline');
  await window.keyboard.press('Escape');
  await window.getByTestId('cancel-branch').click();
  await shelfStates({ window, camera });
}

/** The list of conversations, over the text where there is no room beside it. */
async function shelfStates({ window, camera }) {
  const row = window.getByTestId('conversation-row').first();
  const withList = async () => {
    const list = window.getByTestId('show-conversations');
    if ((await list.isVisible()) && !(await row.isVisible())) await list.click();
    await row.hover();
  };
  await row.hover();
  await row.getByTestId('star-conversation').click();
  await camera.take('row', withList);
  await row.locator('[data-open]').press('F2');
  await camera.take('row-renamed', async () => {
    await withList();
    if (await row.locator('[data-open]').isVisible()) await row.locator('[data-open]').press('F2');
  });
  await window.keyboard.press('Escape');
  await row.hover();
  await row.getByTestId('archive').click();
  await camera.take('archived-undo');
  await window.getByTestId('show-archived').click();
  await camera.take('archive', withList);
  await window.getByTestId('undo').click();
  await window.getByTestId('shelf-back').click();
  await row.hover();
  await row.getByTestId('delete').click();
  await camera.take('deleted-undo');
  await window.getByTestId('show-deleted').click();
  await window.getByTestId('empty-deleted').click();
  await camera.take('deleted', withList);
  await window.getByTestId('undo').click();
  await window.getByTestId('shelf-back').click();
  await window.getByTestId('answer').first().waitFor();
}
