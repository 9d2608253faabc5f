import fs from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deletedKeptDays } from '../../src-main/contract/conversation.ts';
import { migrate, migrations } from '../../src-main/database/migrate.ts';
import type { Stores } from '../../src-main/stores.ts';
import { openStores } from '../../src-main/stores.ts';
import { sampleRequest } from '../comparisons/comparison-samples.ts';
import { newFile } from './temporary-folder.ts';

const day = 24 * 60 * 60 * 1000;
/** Long enough for pages of its own, with a word that is nowhere else. */
const secret = (word: string, repeats = 400) => `${word} `.repeat(repeats);

/** How often `word` is in the database and its log. */
function occurrences(file: string, word: string): number {
  return ['', '-wal', '-shm', '-journal']
    .filter((end) => fs.existsSync(file + end))
    .reduce((sum, end) => sum + fs.readFileSync(file + end, 'latin1').split(word).length - 1, 0);
}

/** What is removed for good: how it gets in, and how it goes. */
const removals: readonly (readonly [string, (stores: Stores, text: string) => () => void])[] = [
  [
    'a conversation',
    ({ conversations }, text) => {
      const { id } = conversations.create(text);
      conversations.delete(id);
      return () => conversations.empty();
    },
  ],
  [
    'a conversation with messages',
    ({ conversations }, text) => {
      const { id } = conversations.import({ systemPrompt: '', question: text, answer: text });
      conversations.delete(id);
      return () => conversations.empty();
    },
  ],
  [
    'a comparison',
    ({ comparisons }, text) => {
      const { id } = comparisons.create({ ...sampleRequest, prompt: text.slice(0, 1000) });
      return () => comparisons.remove(id);
    },
  ],
];

describe('text removed for good', () => {
  it.each(removals)('is in no file of the database: %s', (_case, add) => {
    for (const repeats of [1, 20, 400, 8000]) {
      const file = newFile();
      const stores = openStores(file);
      onTestFinished(() => stores.close());
      const remove = add(stores, secret('xylographer', repeats));
      expect(occurrences(file, 'xylographer')).toBeGreaterThan(0);
      remove();
      expect(occurrences(file, 'xylographer'), `${repeats} words`).toBe(0);
    }
  });

  it('is in no file of the database once it is purged', () => {
    const file = newFile();
    const first = openStores(file, { now: () => 0 });
    const { id } = first.documents.create('', secret('xylographer'));
    first.documents.delete(id);
    const conversation = first.conversations.create(secret('xylographer'));
    first.conversations.delete(conversation.id);
    first.close();
    expect(occurrences(file, 'xylographer')).toBeGreaterThan(400);
    for (let days = 1; days <= deletedKeptDays; days += 1)
      openStores(file, { now: () => days * day }).close();
    expect(occurrences(file, 'xylographer')).toBe(0);
  });

  it('by an older version is removed when its database is opened', () => {
    const file = newFile();
    const older = new Database(file);
    migrate(older, migrations.slice(0, 7));
    const insert = older.prepare(
      "INSERT INTO documents (id, title, text, created_at, updated_at) VALUES (?, '', ?, 1, 1)",
    );
    for (let count = 0; count < 20; count += 1) insert.run(`document-${count}`, secret('xylographer', 40));
    older.exec("DELETE FROM documents WHERE id != 'document-7'");
    older.close();
    expect(occurrences(file, 'xylographer')).toBeGreaterThan(40);
    openStores(file).close();
    expect(occurrences(file, 'xylographer')).toBe(40);
  });
});
