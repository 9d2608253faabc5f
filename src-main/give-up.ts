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
};

/**
 * Says why the program can't go on, in a box and on the error stream, and ends it with exit code 1. The box is
 * in the system's language: what was set lies in the history, which may be what can't be read.
 */
export function giveUp(error: unknown): void {
  const { code, message } = reportOf(error, 'runtime-failed');
  process.stderr.write(`${message}\n`);
  const words = nativeWords('system', app.getLocale());
  dialog.showErrorBox(words.startFailed, `${words[advice[code] ?? 'advice-other']}\n\n${message}`);
  app.exit(1);
}
