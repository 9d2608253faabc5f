import fs from 'node:fs';
import path from 'node:path';
import { project } from '../set-up/paths.mjs';
import { newConversation, waitForAnswer } from './window.mjs';

const folder = path.join(project, 'test/renderer/attachments/files');
const fixture = (name) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: fs.readFileSync(path.join(folder, name)),
});
const longName = `${'A very long file name that does not fit anywhere '.repeat(4)}.txt`;

/**
 * The composer and its surroundings: attachments, context gauge, strategy, system prompts.
 * @param {import('./states.mjs').Context} context
 */
export async function composerStates({ window, screenshots }) {
  await newConversation(window);
  const composer = window.getByTestId('composer');
  await window
    .getByTestId('attach-files')
    .setInputFiles([
      { name: longName, mimeType: 'text/plain', buffer: Buffer.from('The tide turns at noon.') },
      ...['minutes.docx', 'protected.docx', 'bomb.docx', 'cut.docx'].map(fixture),
    ]);
  await window.getByTestId('refused-files').locator('li').nth(2).waitFor();
  await composer.fill('Who read the letter aloud?');
  await screenshots.take('files');
  await window.getByTestId('send').click();
  await window.getByTestId('stop').waitFor();
  await waitForAnswer(window);
  await window.getByTestId('message-files').locator('summary').last().click();
  await screenshots.take('files-sent');
  await newConversation(window);
  await composer.fill('tide '.repeat(7500));
  await window.locator('[data-testid="context-gauge"][data-fit="tight"]').waitFor();
  await screenshots.take('context-tight');
  await composer.fill('tide '.repeat(9000));
  await window.locator('[data-testid="context-gauge"][data-fit="over"]').waitFor();
  await screenshots.take('context-over');
  await composer.fill('');

  await sheetStates({ window, screenshots });
}

/** Sheets that open from the conversation's header. */
async function sheetStates({ window, screenshots }) {
  await window.getByTestId('open-strategy').click();
  await screenshots.take('strategy');
  await window.keyboard.press('Escape');
  await window.getByTestId('open-system-prompt').click();
  await window.getByTestId('system-prompt').fill('Answer like a pirate, in one sentence.');
  await window.getByTestId('preset-name').fill('Pirate');
  await window.getByTestId('preset-save').click();
  await window.getByTestId('preset-delete').waitFor();
  await screenshots.take('presets');
  await window.getByTestId('preset-delete').click();
  await window.getByTestId('preset-restore').waitFor();
  await screenshots.take('preset-deleted');
  await window.getByTestId('preset').first().click();
  await window.keyboard.press('Escape');
}
