import type { NativeImage } from 'electron';
import { clipboard, ClipboardItem, nativeImage } from 'electron';

/** The clipboard API of older Electron versions, which may run the app, too. */
interface ImageClipboard {
  writeImage(image: NativeImage): void;
}

/** Copies a PNG, given as a data URL, to the clipboard. */
export async function copyChart(png: string): Promise<void> {
  const image = nativeImage.createFromDataURL(png);
  if ('writeImage' in clipboard) {
    (clipboard as unknown as ImageClipboard).writeImage(image);
    return;
  }
  const type = 'image/png';
  const blob = new Blob([new Uint8Array(image.toPNG())], { type });
  await clipboard.write([new ClipboardItem({ [type]: blob })]);
}
