import fs from 'node:fs';
import path from 'node:path';
import { project } from '../set-up/places.mjs';
import { begin, settled } from './window.mjs';

const folder = path.join(project, 'test/renderer/attachments/files');
const fixture = (name) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: fs.readFileSync(path.join(folder, name)),
});
const longName = `${'A very long name of a file that somebody gave without a thought '.repeat(3)}.txt`;

/**
 * The composer and what surrounds it: files, the context, ways to answer, system prompts.
 * @param {import('./states.mjs').Surroundings} surroundings
 */
export async function composerStates({ window, camera }) {
  await begin(window);
  const composer = window.getByTestId('composer');
  await window
    .getByTestId('attach-files')
    .setInputFiles([
      { name: longName, mimeType: 'text/plain', buffer: Buffer.from('The tide turns at noon.') },
      ...['minutes.docx', 'protected.docx', 'bomb.docx', 'cut.docx'].map(fixture),
    ]);
  await window.getByTestId('refused-files').locator('li').nth(2).waitFor();
  await composer.fill('Who read the letter aloud?');
  await camera.take('files');
  await window.getByTestId('send').click();
  await window.getByTestId('stop').waitFor();
  await settled(window);
  await window.getByTestId('message-files').locator('summary').last().click();
  await camera.take('files-sent');
  await begin(window);
  await composer.fill('tide '.repeat(7500));
  await window.locator('[data-testid="context-gauge"][data-fit="tight"]').waitFor();
  await camera.take('context-tight');
  await composer.fill('tide '.repeat(9000));
  await window.locator('[data-testid="context-gauge"][data-fit="over"]').waitFor();
  await camera.take('context-over');
  await composer.fill('');

  await sheetStates({ window, camera });
}

/** What opens from the head of a conversation. */
async function sheetStates({ window, camera }) {
  await window.getByTestId('open-strategy').click();
  await camera.take('strategy');
  await window.keyboard.press('Escape');
  await window.getByTestId('open-system-prompt').click();
  await window.getByTestId('system-prompt').fill('Answer like a pirate, in one sentence.');
  await window.getByTestId('preset-name').fill('Pirate');
  await window.getByTestId('preset-save').click();
  await window.getByTestId('preset-delete').waitFor();
  await camera.take('presets');
  await window.getByTestId('preset-delete').click();
  await window.getByTestId('preset-restore').waitFor();
  await camera.take('preset-deleted');
  await window.getByTestId('preset').first().click();
  await window.keyboard.press('Escape');
}
