import type { BrowserWindow, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { dialog } from 'electron';
import type { FileDialogs } from './comparisons/comparison-files.ts';

/** The system's file dialogs, modal to the window if there is one. */
export function fileDialogs(window: () => BrowserWindow | undefined): FileDialogs {
  const filtersFor = (extension: string) => [{ name: extension.toUpperCase(), extensions: [extension] }];
  return {
    async askWhereTo(suggestion, extension) {
      const options: SaveDialogOptions = { defaultPath: suggestion, filters: filtersFor(extension) };
      const parent = window();
      const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
      return answer.canceled ? undefined : answer.filePath;
    },
    async askWhich(extension) {
      const options: OpenDialogOptions = { properties: ['openFile'], filters: filtersFor(extension) };
      const parent = window();
      const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
      return answer.canceled ? undefined : answer.filePaths[0];
    },
  };
}
