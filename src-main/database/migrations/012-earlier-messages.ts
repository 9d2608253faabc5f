import type { Migration } from './migration.ts';

/** The messages of a conversation before a comparison's prompt, as JSON; NULL without any. */
export const earlierMessages: Migration = {
  version: 12,
  sql: 'ALTER TABLE comparisons ADD COLUMN earlier TEXT CHECK (json_valid(earlier));',
};
