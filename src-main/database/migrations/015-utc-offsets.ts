import type { Migration } from './migration.ts';

/**
 * How many minutes local time was ahead of UTC when a question, a comparison or a rewrite was made, for the date in its
 * prompt; NULL for older ones, whose dates follow the machine's time zone.
 */
export const utcOffsets: Migration = {
  version: 15,
  sql: `
    ALTER TABLE messages ADD COLUMN utc_offset INTEGER;
    ALTER TABLE comparisons ADD COLUMN utc_offset INTEGER;
    ALTER TABLE rewrites ADD COLUMN utc_offset INTEGER;
  `,
};
