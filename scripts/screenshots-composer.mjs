/** Pictures of the composer and what surrounds it: examples, files, presets, ways to answer, the context. */
import fs from 'node:fs';
import path from 'node:path';
import { project } from './set-up/places.mjs';

const folder = path.join(project, 'test/renderer/attachments/files');
const fixture = (name) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: fs.readFileSync(path.join(folder, name)),
});
const longName = `${'A very long name of a file that somebody gave without a thought '.repeat(3)}.txt`;

/**
 * @param {import('playwright').Page} window
 * @param {(state: string) => Promise<void>} picture
 * @param {(width: number, height: number) => Promise<void>} resize
 * @param {() => Promise<void>} settled waits for the last answer
 */
export async function composerPictures(window, picture, resize, settled) {
  const small = async (state) => {
    await resize(480, 600);
    await picture(`${state}-480`);
    await resize(900, 600);
    await picture(`${state}-900`);
    await resize(1180, 800);
  };
  await window.getByTestId('new-conversation').first().click();
  await window.getByTestId('example').first().waitFor();
  await small('examples');
  await window.getByTestId('example').nth(1).click();
  await window.getByTestId('send').click();
  await window.waitForTimeout(900);
  await picture('search-streaming');
  await settled();
  await window.getByTestId('other-texts').locator('summary').click();
  await picture('other-texts');
  await window.getByTestId('open-strategy').click();
  await picture('strategy-own');
  await window.getByTestId('disown-strategy').click();
  await window.keyboard.press('Escape');

  await window.getByTestId('new-conversation').first().click();
  await window
    .getByTestId('attach-files')
    .setInputFiles([
      { name: longName, mimeType: 'text/plain', buffer: Buffer.from('The tide turns at noon.') },
      ...['minutes.docx', 'protected.docx', 'bomb.docx', 'cut.docx'].map(fixture),
    ]);
  await window.getByTestId('refused-files').locator('li').nth(2).waitFor();
  await window.getByTestId('composer').fill('Who read the letter aloud?');
  await picture('files');
  await small('files');
  await window.getByTestId('send').click();
  await settled();
  await window.getByTestId('message-files').locator('summary').last().click();
  await picture('files-sent');
  await window.getByTestId('composer').fill('tide '.repeat(9000));
  await window.locator('[data-testid="context-gauge"][data-fit="over"]').waitFor();
  await picture('context-over');
  await small('context-over');
  await window.getByTestId('composer').fill('');

  await window.getByTestId('open-system-prompt').click();
  await window.getByTestId('system-prompt').fill('Answer like a pirate, in one sentence.');
  await window.getByTestId('preset-name').fill('Pirate');
  await window.getByTestId('preset-save').click();
  await window.getByTestId('preset-delete').waitFor();
  await picture('presets');
  await small('presets');
  await window.getByTestId('preset-delete').click();
  await window.getByTestId('preset-restore').waitFor();
  await picture('preset-deleted');
  await window.getByTestId('preset').first().click();
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+/');
  await picture('keys');
  await small('keys');
  await window.keyboard.press('Escape');
}
