import process from 'node:process';
import { app, dialog } from 'electron';
import type { ErrorCode } from './contract/error.ts';
import { reportOf } from './contract/error.ts';
import type { NativeWords } from './native-words.ts';
import { nativeWords } from './native-words.ts';

const advice: Partial<Record<ErrorCode, keyof NativeWords>> = {
  'database-newer': 'advice-database-newer',
  'database-failed': 'advice-database-failed',
  'disk-full': 'advice-disk-full',
  'file-failed': 'advice-file-failed',
};

/**
 * Reports a fatal error in a dialog and on stderr, and exits with code 1. The dialog is in the system's language,
 * since the language setting is in the database, which may be what failed.
 */
export function giveUp(error: unknown): void {
  const { code, message } = reportOf(error, 'runtime-failed');
  process.stderr.write(`${message}\n`);
  const words = nativeWords('system', app.getLocale());
  dialog.showErrorBox(words.startFailed, `${words[advice[code] ?? 'advice-other']}\n\n${message}`);
  app.exit(1);
}
