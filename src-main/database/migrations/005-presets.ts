import type { Migration } from './migration.ts';

/** A person's own system prompts. */
export const presets: Migration = {
  version: 5,
  sql: `
    CREATE TABLE own_presets (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      system_prompt TEXT NOT NULL
    ) STRICT;
  `,
};
