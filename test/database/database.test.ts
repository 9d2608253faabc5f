import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src-main/database/database.ts';
import { openStores } from '../../src-main/stores.ts';
import { migrate, migrations, newestVersion, versionOf } from '../../src-main/database/migrate.ts';
import { sampleRequest } from '../comparisons/comparison-samples.ts';
import { newFile, temporaryFolder } from './temporary-folder.ts';

interface Column {
  readonly name: string;
  readonly strict: number;
}

/** Names, sizes and bytes of everything in the folder of `file`. */
function folderOf(file: string): Record<string, string> {
  const folder = path.dirname(file);
  const names = fs.readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(folder, name), 'base64')]));
}

describe('a new database', () => {
  it('is made with its folder, at the newest version, with a log and full synchronization', () => {
    const file = path.join(temporaryFolder(), 'not', 'there', 'history.sqlite');
    const database = openDatabase(file);
    const { connection } = database;
    expect(versionOf(connection)).toBe(newestVersion);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
    database.close();
  });

  it('has strict tables only', () => {
    const database = openDatabase(newFile());
    const tables = database.connection.prepare<[], Column>('PRAGMA table_list').all();
    const ours = tables.filter(({ name }) => !name.startsWith('sqlite_'));
    database.close();
    expect(ours.map(({ name }) => name).sort()).toEqual(
      [
        ...['conversations', 'new_conversation', 'messages', 'drafts', 'shown_messages', 'own_presets'],
        ...['runs', 'run_tokens', 'run_trace'],
        ...['comparisons', 'comparison_columns', 'votes'],
        ...['documents', 'document_versions', 'rewrites', 'own_actions'],
        ...['settings', 'use_days'],
      ].sort(),
    );
    expect(ours.every(({ strict }) => strict === 1)).toBe(true);
  });

  it('can be opened again without a change', () => {
    const file = newFile();
    openDatabase(file).close();
    const before = fs.readFileSync(file);
    openDatabase(file).close();
    expect(fs.readFileSync(file).equals(before)).toBe(true);
  });
});

describe('migrations', () => {
  it('are numbered from 1 without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('happen as a whole or not at all', () => {
    const database = new Database(newFile());
    const steps = [
      { version: 1, sql: 'CREATE TABLE first (a INTEGER) STRICT' },
      { version: 2, sql: 'CREATE TABLE second (a INTEGER) STRICT; CREATE TABLE first (b INTEGER) STRICT' },
    ];
    expect(() => migrate(database, steps)).toThrow('already exists');
    expect(versionOf(database)).toBe(1);
    const names = database.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all();
    expect(names).toEqual(['first']);
    database.close();
  });

  it('start at the version of the database', () => {
    const database = new Database(newFile());
    const steps = [
      { version: 1, sql: 'CREATE TABLE first (a INTEGER) STRICT' },
      { version: 2, sql: 'ALTER TABLE first ADD COLUMN b INTEGER' },
    ];
    migrate(database, steps.slice(0, 1));
    database.exec('INSERT INTO first (a) VALUES (5)');
    migrate(database, steps);
    expect(versionOf(database)).toBe(2);
    expect(database.prepare('SELECT a, b FROM first').all()).toEqual([{ a: 5, b: null }]);
    database.close();
  });
});

describe('a migration that leaves a dangling reference', () => {
  const tables = `
    CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE children (parent INTEGER REFERENCES parents (id)) STRICT;
    INSERT INTO parents VALUES (1), (2);
    INSERT INTO children VALUES (2);`;

  it('is rolled back, and foreign keys are on afterwards', () => {
    const file = newFile();
    const database = new Database(file);
    onTestFinished(() => void database.close());
    const steps = [
      { version: 1, sql: tables },
      { version: 2, sql: 'DELETE FROM parents WHERE id = 2' },
    ];
    expect(() => migrate(database, steps)).toThrow(
      expect.objectContaining({
        code: 'database-failed',
        message: `The database ${file} can't be migrated to version 2 because a row of children refers to a missing row of parents: replace it with a backup or move it elsewhere.`,
      }),
    );
    expect(versionOf(database)).toBe(1);
    expect(database.prepare('SELECT id FROM parents').pluck().all()).toEqual([1, 2]);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    // Control: a step that leaves every reference intact is applied.
    migrate(database, [...steps.slice(0, 1), { version: 2, sql: 'DELETE FROM parents WHERE id = 1' }]);
    expect(versionOf(database)).toBe(2);
  });
});

describe('a database of version 1', () => {
  it('is migrated when it is opened: its conversations stay, and comparisons can be saved', () => {
    const file = newFile();
    const older = new Database(file);
    migrate(older, migrations.slice(0, 1));
    older.exec(`
      INSERT INTO conversations (id, title, system_prompt, created_at, updated_at)
        VALUES ('talk', 'Letters', 'Be brief.', 1000, 2000);
      INSERT INTO messages (id, conversation_id, parent_id, role, content, status, created_at) VALUES
        ('question', 'talk', NULL, 'user', 'Why?', 'done', 1000),
        ('answer', 'talk', 'question', 'assistant', 'Because', 'streaming', 1001);
      INSERT INTO runs (id, message_id, model_id, provider, strategy)
        VALUES ('run', 'answer', 'sample-model', 'cpu', '{"kind":"greedy"}');
      INSERT INTO run_tokens VALUES ('run', 0, 7, 'Because', NULL, -0.25);
      INSERT INTO settings VALUES ('maxTokens', '99');
    `);
    expect(versionOf(older)).toBe(1);
    older.close();
    const stores = openStores(file);
    expect(stores.conversations.open('talk')).toMatchObject({
      title: 'Letters',
      updatedAt: 2000,
      messages: [{ content: 'Why?' }, { content: 'Because', status: 'interrupted', run: { id: 'run' } }],
    });
    expect(stores.runs.tokens('run')).toMatchObject([{ logProbability: NaN, policyLogProbability: -0.25 }]);
    expect(stores.settings.read().maxTokens).toBe(99);
    expect(stores.comparisons.list()).toEqual([]);
    const comparison = stores.comparisons.create(sampleRequest);
    stores.close();
    const again = openStores(file);
    expect(again.comparisons.open(comparison.id)).toEqual(comparison);
    again.close();
    const newest = new Database(file, { readonly: true });
    expect(versionOf(newest)).toBe(newestVersion);
    newest.close();
  });
});

describe('a database of version 2', () => {
  it('is migrated when it is opened: nothing is starred or deleted, and no token has an origin', () => {
    const file = newFile();
    const older = new Database(file);
    migrate(older, migrations.slice(0, 2));
    older.exec(`
      INSERT INTO conversations (id, title, system_prompt, created_at, updated_at)
        VALUES ('talk', 'Letters', 'Be brief.', 1000, 2000);
      INSERT INTO messages (id, conversation_id, parent_id, role, content, status, created_at) VALUES
        ('question', 'talk', NULL, 'user', 'Why?', 'done', 1000),
        ('answer', 'talk', 'question', 'assistant', 'Because', 'done', 1001);
      INSERT INTO runs (id, message_id, model_id, provider, strategy)
        VALUES ('run', 'answer', 'sample-model', 'cpu', '{"kind":"greedy"}');
      INSERT INTO run_tokens VALUES ('run', 0, 7, 'Because', -1, -0.25);
    `);
    expect(versionOf(older)).toBe(2);
    older.close();
    const stores = openStores(file);
    expect(stores.conversations.list()).toMatchObject([{ starred: false, archived: false, deletedAt: null }]);
    expect(stores.conversations.open('talk').messages).toMatchObject([
      { sourceId: null },
      { sourceId: null },
    ]);
    expect(stores.runs.tokens('run')).toEqual([
      { position: 0, id: 7, text: 'Because', logProbability: -1, policyLogProbability: -0.25 },
    ]);
    const place = { conversationId: 'talk', messageId: 'answer' };
    const edited = stores.conversations.edit(place, 'Because of tea');
    expect(edited).toMatchObject({ parentId: 'question', sourceId: 'answer', run: null });
    stores.drafts.write({ ...place, text: 'Because of', branch: null });
    stores.close();
    const again = openStores(file);
    expect(again.conversations.open('talk').messages.at(-1)).toEqual(edited);
    expect(again.drafts.list()).toEqual([{ ...place, text: 'Because of', branch: null }]);
    again.close();
  });
});

describe('a database of a newer version', () => {
  it('is refused, and no byte of it changes', () => {
    const file = newFile();
    const newer = new Database(file);
    newer.pragma('journal_mode = WAL');
    newer.exec('CREATE TABLE future (a INTEGER) STRICT');
    newer.pragma(`user_version = ${newestVersion + 3}`);
    newer.close();
    const before = folderOf(file);
    expect(() => openStores(file)).toThrow(
      expect.objectContaining({
        code: 'database-newer',
        message: expect.stringMatching(
          /newer Foredraft \(version \d+, this one knows \d+\): install .*, or move/,
        ),
      }),
    );
    expect(folderOf(file)).toEqual(before);
  });

  it('is refused too while its version is only in the write-ahead log', () => {
    const original = newFile();
    const newer = new Database(original);
    newer.pragma('journal_mode = WAL');
    newer.pragma('wal_autocheckpoint = 0');
    newer.pragma(`user_version = ${newestVersion + 1}`);
    const file = newFile();
    for (const end of ['', '-wal']) fs.copyFileSync(original + end, file + end);
    newer.close();
    const before = folderOf(file);
    expect(fs.statSync(`${file}-wal`).size).toBeGreaterThan(0);
    expect(() => openStores(file)).toThrow(expect.objectContaining({ code: 'database-newer' }));
    const after = folderOf(file);
    for (const name of Object.keys(before)) expect(after[name], name).toBe(before[name]);
  });

  it('does not include one of the newest known version', () => {
    const file = newFile();
    openDatabase(file).close();
    const same = new Database(file);
    same.pragma(`user_version = ${newestVersion}`);
    same.close();
    openDatabase(file).close();
  });
});

describe('an unusable database', () => {
  it('is rejected by name with a remedy, and left unchanged', () => {
    const file = newFile();
    fs.writeFileSync(file, 'This is a letter, not a database. '.repeat(200));
    const before = folderOf(file);
    expect(() => openStores(file)).toThrow(
      expect.objectContaining({
        code: 'database-failed',
        message: `Foredraft can't open the database in ${file} because it is not a database: move it elsewhere and start Foredraft again.`,
      }),
    );
    expect(folderOf(file)).toEqual(before);
  });

  it('is rejected by name whichever table it lacks', () => {
    const original = newFile();
    const whole = openDatabase(original);
    const tables = whole.connection.prepare<[], Column>('PRAGMA table_list').all();
    const names = tables.map(({ name }) => name).filter((name) => !name.startsWith('sqlite_'));
    whole.close();
    expect(names).toContain('settings');
    for (const name of names) {
      const file = newFile();
      fs.copyFileSync(original, file);
      const database = new Database(file);
      database.pragma('foreign_keys = OFF');
      database.exec(`DROP TABLE ${name}`);
      database.close();
      expect(() => openStores(file), name).toThrow(
        expect.objectContaining({
          name: 'ForedraftError',
          code: 'database-failed',
          message: expect.stringContaining(file),
        }),
      );
    }
  });

  it('is rejected if it is a folder', () => {
    expect(() => openStores(temporaryFolder())).toThrow(expect.objectContaining({ code: 'database-failed' }));
  });

  it('is rejected if its folder is a file', () => {
    const file = path.join(newFile(), 'history.sqlite');
    fs.writeFileSync(path.dirname(file), '');
    expect(() => openStores(file)).toThrow(expect.objectContaining({ code: 'database-failed' }));
  });

  it('is refused while another program has it locked', () => {
    const file = newFile();
    openDatabase(file).close();
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(() => openStores(file, { lockTimeoutMs: 1 })).toThrow(
      expect.objectContaining({ code: 'database-failed', message: expect.stringContaining('locked') }),
    );
    other.exec('ROLLBACK');
    other.close();
    openStores(file).close();
  });
});
