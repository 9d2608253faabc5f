import type { Database } from 'better-sqlite3';
import { conversations } from './migrations/001-conversations.ts';
import { comparisons } from './migrations/002-comparisons.ts';
import { write } from './migrations/003-write.ts';
import { documents } from './migrations/004-documents.ts';
import { presets } from './migrations/005-presets.ts';
import { shownMessages } from './migrations/006-shown-messages.ts';
import { terms } from './migrations/007-terms.ts';
import { runs } from './migrations/008-runs.ts';
import type { Migration } from './migrations/migration.ts';

/** Every change of the schema, oldest first, without gaps. A released one is never edited. */
export const migrations: readonly Migration[] = [
  conversations,
  comparisons,
  write,
  documents,
  presets,
  shownMessages,
  terms,
  runs,
];

export const newestVersion = migrations.length;

/** The version of an open database; 0 for a new one. */
export function versionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings `database` to the last version of `steps`, each of which happens as a whole or not at all. Foreign keys are
 * off meanwhile, so that dropping a table that was rebuilt deletes nothing else; they are on afterwards.
 */
export function migrate(database: Database, steps: readonly Migration[] = migrations): void {
  const apply = database.transaction((step: Migration) => {
    // Read inside the transaction: another process may have migrated meanwhile.
    if (versionOf(database) >= step.version) return;
    database.exec(step.sql);
    database.pragma(`user_version = ${step.version}`);
  });
  database.pragma('foreign_keys = OFF');
  for (const step of steps) apply.immediate(step);
  database.pragma('foreign_keys = ON');
}
