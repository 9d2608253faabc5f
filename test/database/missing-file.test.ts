import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStores } from '../../src-main/stores.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** An open database in a folder of its own, with a document. */
function opened() {
  const folder = path.join(temporaryFolder(), 'data');
  const file = path.join(folder, 'history.sqlite');
  const stores = openStores(file);
  onTestFinished(() => stores.close());
  const { id } = stores.documents.create('', 'Dear Sir');
  return { folder, file, stores, id };
}

const textIn = (file: string, id: string): string => {
  const stores = openStores(file);
  try {
    return stores.documents.textOf(id);
  } finally {
    stores.close();
  }
};

// Windows lets no open file be deleted.
describe.skipIf(process.platform === 'win32')('a database that goes while it is open', () => {
  const other = (file: string) => fs.writeFileSync(file, 'another file');
  const losses: readonly (readonly [string, (file: string) => void, string])[] = [
    ['is deleted', (file) => fs.rmSync(file), 'history.sqlite'],
    ['is moved', (file) => fs.renameSync(file, `${file}.old`), 'history.sqlite'],
    [
      'is deleted with its log',
      (file) => ['', '-wal', '-shm'].forEach((end) => fs.rmSync(file + end, { force: true })),
      'history.sqlite',
    ],
    [
      'is deleted with its folder',
      (file) => fs.rmSync(path.dirname(file), { recursive: true }),
      'history.sqlite',
    ],
    [
      'is moved with its folder',
      (file) => fs.renameSync(path.dirname(file), `${path.dirname(file)}-old`),
      'history.sqlite',
    ],
    ['is deleted and made anew', (file) => (fs.rmSync(file), other(file)), 'history-rescued-1.sqlite'],
    [
      'is replaced by a rename',
      (file) => (other(`${file}.new`), fs.renameSync(`${file}.new`, file)),
      'history-rescued-1.sqlite',
    ],
    [
      'is replaced where a rescued one is already',
      (file) => (fs.rmSync(file), other(file), other(file.replace('.sqlite', '-rescued-1.sqlite'))),
      'history-rescued-2.sqlite',
    ],
  ];

  it.each(losses)('and %s is noticed at the next write, and all of it saved', (_case, lose, name) => {
    const { file, stores, id, folder } = opened();
    stores.documents.write(id, 'Dear Sir, 春天');
    lose(file);
    const copy = path.join(folder, name);
    for (const write of [
      () => stores.documents.write(id, 'Dear Sir, and more'),
      () => stores.documents.create('', 'Another'),
      () => stores.drafts.write({ conversationId: null, messageId: null, text: 'Half', branch: null }),
    ])
      expect(write).toThrow(
        expect.objectContaining({
          code: 'database-failed',
          message: `The database ${file} was deleted, moved or replaced while Foredraft was running. All that was saved is in ${copy}: save what is not saved yet elsewhere when you quit, and start Foredraft again.`,
        }),
      );
    expect(stores.database.failing).toBe(true);
    expect(stores.documents.textOf(id)).toBe('Dear Sir, 春天');
    stores.close();
    expect(textIn(copy, id)).toBe('Dear Sir, 春天');
  });

  it('and can’t be saved again is noticed, too', () => {
    const { file, stores, id, folder } = opened();
    fs.rmSync(folder, { recursive: true });
    fs.writeFileSync(folder, 'a file in the way');
    expect(() => stores.documents.write(id, 'x')).toThrow(
      /was deleted, moved or replaced .* can't be saved again/s,
    );
    fs.rmSync(folder);
    expect(fs.existsSync(file)).toBe(false);
  });

  it('is not mistaken for one that was only touched, read or copied', () => {
    const { file, stores, id } = opened();
    fs.utimesSync(file, new Date(0), new Date(0));
    fs.chmodSync(file, 0o644);
    fs.copyFileSync(file, `${file}.copy`);
    fs.readFileSync(file);
    stores.documents.write(id, 'And so on');
    expect(stores.documents.textOf(id)).toBe('And so on');
  });
});
