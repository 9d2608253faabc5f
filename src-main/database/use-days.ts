import type { AppDatabase } from './database.ts';

/** When something was deleted. */
export interface Deletion {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Number of that day, as `countUseDay` returns it. */
  readonly useDay: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Counts today as a day on which the program was used, unless the last start was today, too. Returns its number, from 1.
 * A clock that is set ahead by any time counts one day, so that what was deleted yesterday isn't purged as long ago.
 * @param now milliseconds since 1970
 */
export function countUseDay(database: AppDatabase, now: number): number {
  const today = Math.floor(now / dayMs);
  return database.write('count the days of use', () => {
    const { connection } = database;
    connection
      .prepare('UPDATE use_days SET count = count + 1, last = ? WHERE last IS NOT ?')
      .run(today, today);
    return connection.prepare<[], number>('SELECT count FROM use_days').pluck().get() as number;
  });
}
