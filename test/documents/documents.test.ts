import { describe, expect, it, onTestFinished } from 'vitest';
import type { DocumentSummary } from '../../src-main/contract/document.ts';
import { deletedKeptMs } from '../../src-main/contract/conversation.ts';
import { openStores } from '../../src-main/stores.ts';
import { newFile } from '../database/temporary-folder.ts';

const unknown = '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f';
const minute = 60_000;

/** Documents in a new file, at a time that the test sets. */
function documentsAt(time: { now: number }, file = newFile()) {
  const emitted: (readonly DocumentSummary[])[] = [];
  const stores = openStores(file, {
    now: () => time.now,
    onDocumentsChanged: (documents) => emitted.push(documents),
  });
  let closed = false;
  const close = () => {
    if (!closed) stores.close();
    closed = true;
  };
  onTestFinished(close);
  return { documents: stores.documents, actions: stores.actions, emitted, close, file };
}

describe('a document', () => {
  it('is saved as written, and listed by its last change', () => {
    const time = { now: 1000 };
    const { documents, emitted, close, file } = documentsAt(time);
    const letter = documents.create('', 'Dear Sir');
    time.now = 2000;
    const tale = documents.create('Tale', '');
    time.now = 3000;
    documents.write(letter.id, 'Dear Madam,\n\nyour cups …\u0000 💥');
    expect(documents.list()).toEqual([
      expect.objectContaining({
        id: letter.id,
        beginning: 'Dear Madam,\nyour cups …',
        updatedAt: 3000,
      }),
      expect.objectContaining({ id: tale.id, title: 'Tale', beginning: '', updatedAt: 2000 }),
    ]);
    expect(emitted.at(-1)).toEqual(documents.list());
    documents.rename(tale.id, 'Saga');
    close();
    const again = documentsAt(time, file).documents;
    expect(again.open(letter.id)).toMatchObject({
      text: 'Dear Madam,\n\nyour cups …\u0000 💥',
      createdAt: 1000,
    });
    expect(again.open(tale.id).title).toBe('Saga');
  });

  it('that was deleted can be restored for 30 days', () => {
    const time = { now: 1000 };
    const { documents, close, file } = documentsAt(time);
    const { id } = documents.create('Tale', 'Once');
    documents.delete(id);
    expect(documents.list()).toEqual([]);
    expect(() => documents.open(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(documents.restore(id)).toMatchObject({ id, text: 'Once' });
    documents.delete(id);
    close();
    time.now += deletedKeptMs - 1;
    const second = documentsAt(time, file);
    expect(second.documents.restore(id).text).toBe('Once');
    second.documents.delete(id);
    second.close();
    time.now += deletedKeptMs;
    const { documents: third } = documentsAt(time, file);
    expect(() => third.restore(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('that does not exist is named in the error', () => {
    const { documents } = documentsAt({ now: 0 });
    const wrong = [
      () => documents.open(unknown),
      () => documents.write(unknown, 'x'),
      () => documents.rename(unknown, 'x'),
      () => documents.delete(unknown),
      () => documents.restore(unknown),
      () => documents.versions(unknown),
    ];
    for (const work of wrong)
      expect(work).toThrow(expect.objectContaining({ message: expect.stringContaining(unknown) }));
  });
});

describe('a version', () => {
  it('is saved after a minute’s pause between two writes, and not otherwise', () => {
    const time = { now: 0 };
    const { documents } = documentsAt(time);
    const { id } = documents.create('', '');
    for (const text of ['a', 'ab', 'abc']) {
      time.now += minute - 1;
      documents.write(id, text);
    }
    expect(documents.versions(id)).toEqual([]);
    time.now += minute;
    documents.write(id, 'abcd');
    expect(documents.versions(id)).toMatchObject([{ reason: 'pause', length: 3, beginning: 'abc' }]);
    time.now += 2 * minute;
    documents.write(id, 'abcd');
    expect(documents.versions(id)).toHaveLength(1);
  });

  it('is saved when the document is opened, once, and never if it is blank', () => {
    const { documents } = documentsAt({ now: 0 });
    const { id } = documents.create('', ' \n');
    documents.open(id);
    expect(documents.versions(id)).toEqual([]);
    documents.write(id, 'A tale');
    documents.open(id);
    documents.open(id);
    expect(documents.versions(id)).toMatchObject([{ reason: 'opened', beginning: 'A tale' }]);
  });

  it('can be read and restored, and the text it replaces becomes a version', () => {
    const { documents } = documentsAt({ now: 0 });
    const { id } = documents.create('', '第一稿 first');
    documents.addVersion(id, 'rewrite');
    documents.write(id, 'second');
    const [version] = documents.versions(id);
    expect(documents.versionText(id, version?.id ?? '')).toBe('第一稿 first');
    expect(documents.restoreVersion(id, version?.id ?? '').text).toBe('第一稿 first');
    expect(documents.versions(id).map(({ reason, beginning }) => `${reason}: ${beginning}`)).toEqual([
      'restored: second',
      'rewrite: 第一稿 first',
    ]);
    expect(() => documents.versionText(id, unknown)).toThrow(unknown);
    const other = documents.create('', 'other');
    expect(() => documents.versionText(other.id, version?.id ?? '')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('of a long text takes little space', () => {
    const { documents, close, file } = documentsAt({ now: 0 });
    const { id } = documents.create('', 'All work and no play makes Jack a dull boy. '.repeat(25_000));
    documents.open(id);
    expect(documents.versions(id)[0]?.length).toBe(1_100_000);
    documents.delete(id);
    close();
    const { documents: again } = documentsAt({ now: deletedKeptMs + 1 }, file);
    expect(again.list()).toEqual([]);
  });
});

describe('custom actions', () => {
  it('are saved, changed and removed; a shortcut has one owner', () => {
    const { actions, close, file } = documentsAt({ now: 0 });
    const pirate = { name: 'Pirate', instruction: 'Say it like a pirate:', shortcut: '1' } as const;
    const [first] = actions.save(null, pirate);
    actions.save(null, { name: 'Poem', instruction: 'Make a poem of this:', shortcut: '1' });
    expect(actions.list().map(({ name, shortcut }) => [name, shortcut])).toEqual([
      ['Pirate', null],
      ['Poem', '1'],
    ]);
    actions.save(first?.id ?? null, { ...pirate, name: 'Sailor', shortcut: '2' });
    close();
    const { actions: again } = documentsAt({ now: 0 }, file);
    expect(again.list().map(({ name, shortcut }) => [name, shortcut])).toEqual([
      ['Sailor', '2'],
      ['Poem', '1'],
    ]);
    expect(again.delete(first?.id ?? '')).toMatchObject([{ name: 'Poem' }]);
  });
});
