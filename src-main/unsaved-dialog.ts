import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { dialog } from 'electron';
import type { FileDialogs } from './comparisons/comparison-files.ts';
import { writeWhole } from './comparisons/write-whole.ts';
import type { UnsavedText } from './contract/unsaved-text.ts';
import type { NativeWords } from './native-words.ts';
import type { QuitChoice, Unsaved, UnsavedReason } from './quit-guard.ts';
import { unsavedDocument } from './quit-guard.ts';

/** What an unanswered dialog means comes last: it is also what Escape chooses. */
const choices: readonly QuitChoice[] = ['retry', 'save-elsewhere', 'quit', 'stay'];

/** Asks what to do about text that can't be saved before the program quits. */
export async function askAboutUnsaved(
  window: BrowserWindow | undefined,
  words: NativeWords,
  { reason, texts }: Unsaved,
): Promise<QuitChoice> {
  const offered = choices.filter((choice) => choice !== 'save-elsewhere' || texts.length > 0);
  const options: MessageBoxOptions = {
    type: 'warning',
    message: words.unsaved,
    detail: `${words.unsavedAdvice}\n\n${reasonText(words, reason)}`,
    buttons: offered.map((choice) => words[`unsaved-${choice}`]),
    defaultId: 0,
    cancelId: offered.indexOf('stay'),
    noLink: true,
  };
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return offered[response] ?? 'stay';
}

/** Why text can't be saved: in the user's language, then what the error says in English. */
export function reasonText(words: NativeWords, reason: UnsavedReason): string {
  if (reason === 'hung') return words['unsaved-hung'];
  const key = `unsaved-${reason.code}`;
  const known = key in words ? words[key as 'unsaved-disk-full'] : words['unsaved-other'];
  return reason.message === '' ? known : `${known}\n${reason.message}`;
}

/**
 * Writes the texts to a Markdown file that the user chooses; false if cancelled.
 * @throws ForedraftError `disk-full`, `file-failed`
 */
export async function saveElsewhere(
  dialogs: FileDialogs,
  words: NativeWords,
  texts: readonly UnsavedText[],
): Promise<boolean> {
  const file = await dialogs.askWhereTo(`${words.unsavedFile}.md`, 'md');
  if (file === undefined) return false;
  await writeWhole(file, unsavedDocument(texts));
  return true;
}
