import type { Database } from 'better-sqlite3';
import { ForedraftError } from '../contract/error.ts';
import { conversations } from './migrations/001-conversations.ts';
import { comparisons } from './migrations/002-comparisons.ts';
import { write } from './migrations/003-write.ts';
import { documents } from './migrations/004-documents.ts';
import { presets } from './migrations/005-presets.ts';
import { shownMessages } from './migrations/006-shown-messages.ts';
import { terms } from './migrations/007-terms.ts';
import { runs } from './migrations/008-runs.ts';
import { kernels } from './migrations/009-kernels.ts';
import { keptTexts } from './migrations/010-kept-texts.ts';
import { enterSends } from './migrations/011-enter-sends.ts';
import { earlierMessages } from './migrations/012-earlier-messages.ts';
import { approximateFigures } from './migrations/013-approximate-figures.ts';
import { ownSettings } from './migrations/014-own-settings.ts';
import { utcOffsets } from './migrations/015-utc-offsets.ts';
import { adapters } from './migrations/016-adapters.ts';
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
  kernels,
  keptTexts,
  enterSends,
  earlierMessages,
  approximateFigures,
  ownSettings,
  utcOffsets,
  adapters,
];

export const newestVersion = migrations.length;

/** The version of an open database; 0 for a new one. */
export function versionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings `database` to the last version of `steps`, each of which happens as a whole or not at all. Foreign keys are
 * off meanwhile, so that dropping a table that was rebuilt deletes nothing else; each step ends with a check of them,
 * and they are on afterwards.
 * @throws ForedraftError `database-failed` if a step leaves a row that refers to a missing one
 */
export function migrate(database: Database, steps: readonly Migration[] = migrations): void {
  const apply = database.transaction((step: Migration) => {
    // Read inside the transaction: another process may have migrated meanwhile.
    if (versionOf(database) >= step.version) return;
    database.exec(step.sql);
    checkReferences(database, step.version);
    database.pragma(`user_version = ${step.version}`);
  });
  database.pragma('foreign_keys = OFF');
  try {
    for (const step of steps) apply.immediate(step);
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

function checkReferences(database: Database, version: number): void {
  const [violation] = database.pragma('foreign_key_check') as {
    readonly table: string;
    readonly parent: string;
  }[];
  if (!violation) return;
  const { table, parent } = violation;
  throw new ForedraftError(
    'database-failed',
    `The database ${database.name} can't be migrated to version ${version} because a row of ${table} refers to a missing row of ${parent}: replace it with a backup or move it elsewhere.`,
    { file: database.name, version, table, parent },
  );
}
