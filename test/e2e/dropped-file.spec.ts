import { expect, type Page } from '@playwright/test';
import { test } from './app.ts';
import { textOf, writeDocument } from './document-steps.ts';

/** Drops a file of these bytes on the document. */
async function drop(window: Page, name: string, bytes: readonly number[]): Promise<void> {
  const data = await window.evaluateHandle(
    ([title, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(content)], title));
      return transfer;
    },
    [name, bytes] as const,
  );
  await textOf(window).dispatchEvent('drop', { dataTransfer: data });
}

test('a text file dropped on the document is read in its encoding, and a picture is refused', async ({
  app,
}) => {
  const { window } = app;
  await writeDocument(window, 'Before.');
  await drop(window, 'tide.txt', [...Buffer.from('\uFEFFÄbbe\r\n潮汐', 'utf16le')]);
  await expect(textOf(window)).toContainText('Äbbe');
  await expect(textOf(window)).toContainText('潮汐');
  await drop(window, 'moon.png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  await expect(window.locator('body')).toContainText('A file couldn’t be read or written');
  await expect(textOf(window)).not.toContainText('PNG');
});
