import type { Migration } from './migration.ts';

/** The name of the adapter that the model of a run had; NULL for none, as in all older runs. */
export const adapters: Migration = {
  version: 16,
  sql: 'ALTER TABLE runs ADD COLUMN adapter TEXT;',
};
