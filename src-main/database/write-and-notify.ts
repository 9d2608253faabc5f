import process from 'node:process';
import type { HistoryDatabase } from './database.ts';

/** Writes `work` as a whole, then tells; `doing` completes "can't ...". What was written stays, told or not. */
export function writeAndNotify<T>(
  database: HistoryDatabase,
  doing: string,
  work: () => T,
  tell: () => void,
): T {
  const result = database.write(doing, work);
  // Nobody may hear that the change failed because the telling did.
  try {
    tell();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
  return result;
}
