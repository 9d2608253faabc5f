import fs from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DocumentSummary } from '../../src-main/contract/document.ts';
import { deletedKeptDays } from '../../src-main/contract/conversation.ts';
import { openStores } from '../../src-main/stores.ts';
import { newFile } from '../database/temporary-folder.ts';
import fc from 'fast-check';
import { type Strategy, usableStrategy } from '../../src-main/contract/strategy.ts';
import { arbitraryArgument } from '../ipc/arbitrary-argument.ts';

const unknown = '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f';
const minute = 60_000;
const day = 24 * 60 * minute;

/** Documents in a new file, at a time that the test sets. */
function documentsAt(time: { now: number }, file = newFile()) {
  const emitted: (readonly DocumentSummary[])[] = [];
  const stores = openStores(file, {
    now: () => time.now,
    clock: () => time.now,
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

/** Starts and ends the program once on each of the next `days` days. */
function useOnDays(time: { now: number }, file: string, days: number): void {
  for (let started = 0; started < days; started += 1) {
    time.now += day;
    openStores(file, { now: () => time.now }).close();
  }
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

  it('that was deleted can be restored for 30 days of use', () => {
    const time = { now: 1000 };
    const { documents, close, file } = documentsAt(time);
    const { id } = documents.create('Tale', 'Once');
    documents.delete(id);
    expect(documents.list()).toEqual([]);
    expect(() => documents.open(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(documents.restore(id)).toMatchObject({ id, text: 'Once' });
    documents.delete(id);
    close();
    useOnDays(time, file, deletedKeptDays - 2);
    time.now += day;
    const second = documentsAt(time, file);
    expect(second.documents.restore(id).text).toBe('Once');
    second.documents.delete(id);
    second.close();
    useOnDays(time, file, deletedKeptDays);
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
    close();
    expect(fs.statSync(file).size).toBeLessThan(2_000_000);
  });
});

describe('two hours of typing with a change every 20 s, then select all and one letter', () => {
  const words = 'and then the keeper of the light went down to the sea ';
  /** The text after `count` changes of 24 units each. */
  const typed = (count: number) => words.repeat(Math.ceil((count * 24) / words.length)).slice(0, count * 24);
  const changes = 360;

  it.each([
    ['a clock that runs', (count: number) => count * 20_000],
    ['a clock that stands still', () => 0],
    ['a clock set back by three days', (count: number) => (count < 90 ? 0 : -3 * day) + count * 20_000],
    ['a clock set ahead by forty days', (count: number) => (count < 90 ? 0 : 40 * day) + count * 20_000],
    ['a clock that runs backwards', (count: number) => -count * 20_000],
  ])('loses nothing with %s', (_case, wallAt) => {
    const file = newFile();
    let count = 0;
    const clocks = { now: () => 1e12 + wallAt(count), clock: () => count * 20_000 };
    const stores = openStores(file, clocks);
    const { id } = stores.documents.create('', '');
    for (count = 1; count <= changes; count += 1) stores.documents.write(id, typed(count));
    stores.documents.write(id, 'x');
    stores.close();

    const again = openStores(file, { now: () => 1e12 + wallAt(count) - 9 * day });
    onTestFinished(() => again.close());
    expect(again.documents.textOf(id)).toBe('x');
    const versions = again.documents.versions(id);
    expect(versions[0]).toMatchObject({ reason: 'removal', length: changes * 24 });
    expect(again.documents.versionText(id, versions[0]?.id ?? '')).toBe(typed(changes));
    // And what it was on the way, at least every five minutes.
    expect(versions.length).toBeGreaterThanOrEqual(24);
    expect(again.documents.restoreVersion(id, versions[0]?.id ?? '').text).toBe(typed(changes));
  });

  it('loses nothing after a restart in between, and to a document that was never opened since', () => {
    const file = newFile();
    const first = openStores(file);
    const { id } = first.documents.create('', typed(1));
    first.documents.write(id, typed(2));
    first.close();
    const second = openStores(file);
    onTestFinished(() => second.close());
    second.documents.write(id, 'x');
    const texts = second.documents
      .versions(id)
      .map((version) => second.documents.versionText(id, version.id));
    expect(texts).toContain(typed(2));
  });

  it('keeps the pace when a change can’t be saved', () => {
    const { documents, file } = documentsAt({ now: 0 });
    const { id } = documents.create('', typed(100));
    documents.write(id, typed(101));
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    expect(() => documents.write(id, 'x')).toThrow(expect.objectContaining({ code: 'database-failed' }));
    other.exec('ROLLBACK');
    expect(documents.versions(id)).toEqual([]);
    documents.write(id, 'x');
    expect(documents.versions(id)).toMatchObject([{ reason: 'removal', length: 101 * 24 }]);
  });
});

describe('the versions of a document', () => {
  it('are at most 200, with the oldest, the newest and every text that was removed', () => {
    const time = { now: 0 };
    const { documents } = documentsAt(time);
    const { id } = documents.create('', 'The first line.');
    documents.open(id);
    const removed: string[] = [];
    let text = '';
    for (let session = 0; session < 400; session += 1) {
      time.now += 2 * minute;
      text += `Line ${session} of the tale, in many words.\n`;
      documents.write(id, text);
      if (session % 20 === 19) {
        removed.push(text);
        time.now += 1000;
        text = `Chapter ${session}\n`;
        documents.write(id, text);
      }
    }
    const versions = documents.versions(id);
    expect(versions).toHaveLength(200);
    expect(versions.at(-1)).toMatchObject({ beginning: 'The first line.' });
    const texts = new Set(versions.map((version) => documents.versionText(id, version.id)));
    expect(removed.filter((gone) => !texts.has(gone))).toEqual([]);
  });
});

describe('custom actions', () => {
  it('are saved, changed and removed; a shortcut has one owner', () => {
    const { actions, close, file } = documentsAt({ now: 0 });
    const pirate = {
      name: 'Pirate',
      instruction: 'Say it like a pirate:',
      shortcut: '1',
      strategy: null,
    } as const;
    const [first] = actions.save(null, pirate);
    actions.save(null, { name: 'Poem', instruction: 'Make a poem of this:', shortcut: '1', strategy: null });
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

  it('each keep a strategy of their own, whatever is changed elsewhere and however often it is opened', () => {
    const strategies = arbitraryArgument('action-save').map(({ action: { strategy } }) =>
      strategy === null ? null : usableStrategy(strategy),
    );
    const change = fc.record({ which: fc.nat(4), strategy: strategies, reopens: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 10 }), (changes) => {
        let all = documentsAt({ now: 0 });
        const expected = new Map<string, Strategy | null>();
        for (const name of ['A', 'B', 'C', 'D', 'E'])
          all.actions.save(null, { name, instruction: name, shortcut: null, strategy: null });
        for (const { id } of all.actions.list()) expected.set(id, null);
        for (const { which, strategy, reopens } of changes) {
          const { id, ...action } = all.actions.list()[which]!;
          all.actions.save(id, { ...action, strategy });
          expected.set(id, strategy);
          if (!reopens) continue;
          all.close();
          all = documentsAt({ now: 0 }, all.file);
        }
        expect(new Map(all.actions.list().map(({ id, strategy }) => [id, strategy]))).toEqual(expected);
        all.close();
      }),
      { numRuns: 20 },
    );
  });
});
