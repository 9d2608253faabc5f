/**
 * Pictures of what can be done with a conversation that has two versions of its first answer, and more messages below.
 * @param {import('playwright').Page} window shows the conversation; it is left as it was
 * @param {(state: string) => Promise<void>} picture
 */
export async function treePictures(window, picture) {
  const question = window.getByTestId('question').first();
  await question.hover();
  await question.getByTestId('edit').click();
  await picture('edit-question');
  await window.getByTestId('edit-leave').click();

  await window.getByTestId('answer').first().getByTestId('edit').click();
  await picture('edit-answer');
  await window.getByTestId('edit-leave').click();

  await window.getByTestId('branch').first().click();
  await picture('branch');
  await window.keyboard.press('Control+Shift+O');
  await picture('outline');
  await window.keyboard.press('Escape');
  await window.getByTestId('leave-branch').click();

  const row = window.getByTestId('conversation-row').first();
  await row.hover();
  await picture('row');
  await row.getByTestId('archive').click();
  await window.getByTestId('show-archived').click();
  await picture('archived');
  await window.getByTestId('undo').click();
  await window.getByTestId('shelf-back').click();
  await row.hover();
  await row.getByTestId('delete').click();
  await window.getByTestId('show-deleted').click();
  await picture('deleted');
  await window.getByTestId('undo').click();
  await window.getByTestId('shelf-back').click();
  await window.getByTestId('answer').first().waitFor();
}
