import { begin, send } from './window.mjs';

/**
 * What is at hand wherever somebody is: commands, keys, settings; and an engine that ends in the middle of an answer.
 * @param {import('./states.mjs').Surroundings} surroundings
 */
export async function everywhereStates({ app, window, camera, queries }) {
  await begin(window);
  await window.keyboard.press('Control+Shift+P');
  await camera.take('palette');
  await window.keyboard.type(queries.theme);
  await camera.take('palette-found');
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+/');
  await camera.take('keys');
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+,');
  await camera.take('settings');
  await window.locator('[data-scrolls]').last().press('End');
  await camera.take('settings-end');
  await begin(window);
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
  await camera.take('engine-ended');
  await window.getByTestId('restart-engine').first().click();
}

/**
 * The window of a machine without a model.
 * @param {import('./states.mjs').Surroundings} surroundings
 */
export async function errorStates({ window, camera, queries }) {
  await window.getByTestId('engine-error').waitFor();
  await camera.take('no-model');
  await window.keyboard.press('Control+Shift+D');
  await window.locator('[data-testid="document-text"] .cm-content').waitFor();
  await window.getByTestId('new-document').click();
  await window.keyboard.insertText('There is no model that could rewrite this.');
  await window.keyboard.press('Control+j');
  await window.keyboard.type(queries.grammar);
  await window.keyboard.press('Enter');
  await window.getByTestId('rewrite-error').waitFor();
  await camera.take('no-model-document');
}
