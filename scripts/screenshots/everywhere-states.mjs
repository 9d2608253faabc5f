import { newConversation, send } from './window.mjs';

/**
 * States independent of the screen: palette, shortcuts, settings, and an engine crash during an answer.
 * @param {import('./states.mjs').Context} context
 */
export async function everywhereStates({ app, window, screenshots, queries }) {
  await newConversation(window);
  await window.keyboard.press('Control+Shift+P');
  await screenshots.take('palette');
  await window.keyboard.type(queries.theme);
  await screenshots.take('palette-found');
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+/');
  await screenshots.take('keys');
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+,');
  await screenshots.take('settings');
  await window.locator('[data-scrolls]').last().press('End');
  await screenshots.take('settings-end');
  await newConversation(window);
  await send(window, 'Write a very long story about a lighthouse keeper, with many details.');
  await window
    .getByTestId('answer-text')
    .last()
    .getByText(/\w+ \w+ \w+/)
    .waitFor();
  await app.evaluate(({ app: program }) => {
    const host = program.getAppMetrics().find(({ name }) => name !== undefined && /engine/i.test(name));
    if (host) globalThis.process.kill(host.pid, 'SIGKILL');
  });
  await window.getByTestId('engine-error').waitFor();
  await screenshots.take('engine-ended');
  await window.getByTestId('restart-engine').first().click();
}

/**
 * The window without an installed model.
 * @param {import('./states.mjs').Context} context
 */
export async function errorStates({ window, screenshots, queries }) {
  await window.getByTestId('engine-error').waitFor();
  await screenshots.take('no-model');
  await window.keyboard.press('Control+Shift+D');
  await window.locator('[data-testid="document-text"] .cm-content').waitFor();
  await window.getByTestId('new-document').click();
  await window.keyboard.insertText('There is no model that could rewrite this.');
  await window.keyboard.press('Control+j');
  await window.keyboard.type(queries.grammar);
  await window.keyboard.press('Enter');
  await window.getByTestId('rewrite-error').waitFor();
  await screenshots.take('no-model-document');
}
