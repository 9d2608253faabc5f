import process from 'node:process';
import { app, dialog } from 'electron';
import { reportOf } from './contract/error.ts';

/** Says why the program can't go on, in a box and on the error stream, and ends it with exit code 1. */
export function giveUp(error: unknown): void {
  const { message } = reportOf(error, 'runtime-failed');
  process.stderr.write(`${message}\n`);
  dialog.showErrorBox('Foredraft', message);
  app.exit(1);
}
