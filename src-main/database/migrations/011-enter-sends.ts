import type { Migration } from './migration.ts';

/**
 * Enter sends by default from here on. Every setting used to be stored with any other, so a stored `false` is the
 * former default rather than a choice.
 */
export const enterSends: Migration = {
  version: 11,
  sql: "DELETE FROM settings WHERE name = 'enterSends' AND value = 'false';",
};
