import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate, migrations, newestVersion, versionOf } from '../../src-main/database/migrate.ts';
import type { Migration } from '../../src-main/database/migrations/migration.ts';
import { openStores } from '../../src-main/stores.ts';
import type { Content } from './old-database.ts';
import { contentOf, expectedContent, writeOldDatabase } from './old-database.ts';
import { newFile } from './temporary-folder.ts';

/** The version that merged the tables of runs: by far the longest migration. */
const runsInOneTable = 8;
const oldVersions = migrations.slice(0, -1).map(({ version }) => version);

/** What the features see in `file`, which is migrated. */
function openedContent(file: string): Content {
  const stores = openStores(file);
  try {
    expect(stores.database.connection.pragma('foreign_key_check')).toEqual([]);
    return contentOf(stores);
  } finally {
    stores.close();
  }
}

/** Steps whose statements are each followed by a call of the SQL function `after()`. */
function watched(steps: readonly Migration[]): Migration[] {
  return steps.map(({ version, sql }) => ({
    version,
    sql: sql.replace(/;[ ]*$/gm, '; SELECT after();').replace(/([^;\s])\s*$/, '$1; SELECT after();'),
  }));
}

/** How many statements are watched when a database of `version` is migrated. */
function watchedStatements(version: number): number {
  return watched(migrations.slice(version)).reduce(
    (sum, { sql }) => sum + sql.split('after()').length - 1,
    0,
  );
}

/** Migrates a database of `version` and copies it, log included, after each statement: what a kill would leave. */
function copiesWhileMigrating(version: number): string[] {
  const file = newFile();
  writeOldDatabase(file, version);
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  // Pages that are not committed reach the log, too.
  database.pragma('cache_size = 5');
  const copies: string[] = [];
  database.function('after', () => {
    const copy = newFile();
    for (const end of ['', '-wal']) if (fs.existsSync(file + end)) fs.copyFileSync(file + end, copy + end);
    copies.push(copy);
    return null;
  });
  migrate(database, watched(migrations));
  database.close();
  return copies;
}

/** `count` of `all`, evenly spread, or all of them. */
function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] as T);
}

describe.each(oldVersions)('a database of version %i', (version) => {
  it('has the same content once it is migrated', () => {
    const file = newFile();
    writeOldDatabase(file, version);
    expect(openedContent(file)).toEqual(expectedContent(version));
    expect(openedContent(file)).toEqual(expectedContent(version));
  });

  it('has the same content if the migration was killed after any of its statements', () => {
    const copies = copiesWhileMigrating(version);
    expect(copies).toHaveLength(watchedStatements(version));
    for (const copy of spread(copies, version >= runsInOneTable - 1 ? Infinity : 20))
      expect(openedContent(copy)).toEqual(expectedContent(version));
  });
});

describe('the comparison of contents', () => {
  it('notices one lost token, one lost event and one changed name', () => {
    const damages = [
      "DELETE FROM comparison_tokens WHERE run_id = 'beam-0'",
      'DELETE FROM comparison_trace WHERE first_event = 1',
      "UPDATE rewrite_texts SET text = 'One' WHERE position = 1",
    ];
    for (const damage of damages) {
      const file = newFile();
      writeOldDatabase(file, runsInOneTable - 1);
      const database = new Database(file);
      database.exec(damage);
      database.close();
      expect(openedContent(file)).not.toEqual(expectedContent(runsInOneTable - 1));
    }
  });
});

describe('a process that is killed while it migrates', () => {
  it.each([
    [1, runsInOneTable - 1],
    [7, runsInOneTable - 1],
    [15, runsInOneTable - 1],
    [27, runsInOneTable - 1],
    [1, newestVersion - 1],
  ])(
    'leaves a database that opens with the same content (statement %i from version %i)',
    (statement, version) => {
      const file = newFile();
      writeOldDatabase(file, version);
      const program = path.join(import.meta.dirname, 'migrate-and-die.ts');
      const { signal } = spawnSync(process.execPath, [program, file, String(statement)], {
        stdio: 'inherit',
      });
      expect(signal).toBe('SIGKILL');
      const left = new Database(file);
      expect(versionOf(left)).toBe(version);
      left.close();
      expect(openedContent(file)).toEqual(expectedContent(version));
    },
  );
});
