import type { NativeImage } from 'electron';
import { clipboard, ClipboardItem, nativeImage } from 'electron';

/** The clipboard of older Electrons, one of which may stand in for the present one. */
interface ImageClipboard {
  writeImage(image: NativeImage): void;
}

/** Puts a PNG, as a data URL, on the clipboard. */
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
