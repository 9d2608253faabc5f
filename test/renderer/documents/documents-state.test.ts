import { describe, expect, test } from 'vitest';
import type { Document } from '../../../src-main/contract/document.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import { instructed } from '../../../src-renderer/state/documents/actions.ts';
import { documentTitle } from '../../../src-renderer/state/documents/document-title.ts';
import { LiveRuns } from '../../../src-renderer/state/runs/live-runs.svelte.ts';
import { DocumentsState } from '../../../src-renderer/state/documents/documents-state.svelte.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { Preferences } from '../../../src-renderer/state/shell/preferences.svelte.ts';
import { FakeApi } from '../fake-api.ts';

/** A main process that stores documents in memory. */
function program(texts: Readonly<Record<string, string>> = {}) {
  const kept = new Map<string, Document>();
  const put = (id: string, text: string, title = '') => {
    const document = { id, title, text, beginning: text, createdAt: 0, updatedAt: kept.size };
    kept.set(id, document);
    return document;
  };
  for (const [id, text] of Object.entries(texts)) put(id, text);
  const deleted = new Map<string, Document>();
  const list = () => [...kept.values()].reverse();
  const api: FakeApi = new FakeApi({
    'settings-read': () => defaultSettings,
    'settings-write': () => null,
    'document-list': list,
    'actions-list': () => [],
    'rewrite-pending': () => null,
    'document-open': ({ id }) => kept.get(id) ?? put(id, ''),
    'document-create': ({ text }) => put('new', text),
    'document-write': ({ id, text }) => {
      put(id, text);
      return null;
    },
    'document-delete': ({ id }) => {
      deleted.set(id, kept.get(id) as Document);
      kept.delete(id);
      api.push('documents-changed', list());
      return null;
    },
    'document-restore': ({ id }) => {
      const document = deleted.get(id) as Document;
      kept.set(id, document);
      return document;
    },
    'document-versions': () => [{ id: 'v', reason: 'pause', keptAt: 0, length: 3, beginning: 'Old' }],
    'document-version-open': () => 'Old text',
    'document-version-restore': ({ id }) => put(id, 'Old text'),
  });
  const notices = new Notices();
  const documents = new DocumentsState(
    api,
    { notices, preferences: new Preferences(api, notices) },
    new LiveRuns(api, () => 0),
  );
  documents.listen();
  return { api, notices, documents, kept };
}

describe('documents', () => {
  test('open with the one that was changed last', async () => {
    const { documents } = program({ a: 'First', b: 'Second' });
    await documents.load();
    await documents.show();
    expect([documents.visible, documents.opened?.editor.text]).toEqual([true, 'Second']);
  });

  test('are shown again if they were when the window was closed', async () => {
    const { documents, api } = program({ a: 'First' });
    api.handlers['settings-read'] = () => ({ ...defaultSettings, documentInSight: true });
    await documents.load();
    expect([documents.visible, documents.opened?.id]).toEqual([true, 'a']);
    documents.hide();
    expect(api.asked.at(-1)).toMatchObject({
      name: 'settings-write',
      argument: { documentInSight: false },
    });
  });

  test('are saved from their first character on, and not before', async () => {
    const { documents, api, kept } = program();
    await documents.load();
    await documents.show();
    await documents.flush();
    expect(api.countOf('document-create')).toBe(0);
    documents.opened?.editor.dispatch({ changes: { from: 0, insert: 'A' } });
    await documents.flush();
    documents.opened?.editor.dispatch({ changes: { from: 1, insert: 'B' } });
    await documents.flush();
    expect([...kept.values()].map(({ text }) => text)).toEqual(['AB']);
  });

  test('are saved before another one is opened, and stay open if that fails', async () => {
    const { documents, api, kept, notices } = program({ a: 'First', b: 'Second' });
    await documents.open('b');
    documents.opened?.editor.dispatch({ changes: { from: 0, insert: 'My ' } });
    api.refusals.set('document-write', { code: 'disk-full', message: 'The disk is full.', details: {} });
    await documents.open('a');
    expect([documents.opened?.id, notices.current?.code]).toEqual(['b', 'disk-full']);
    api.refusals.clear();
    await documents.open('a');
    expect([documents.opened?.id, kept.get('b')?.text]).toEqual(['a', 'My Second']);
  });

  test('are deleted, and restored', async () => {
    const { documents } = program({ a: 'First' });
    await documents.load();
    await documents.open('a');
    await documents.delete('a');
    expect([documents.opened?.id, documents.deleted?.id, documents.list]).toEqual([null, 'a', []]);
    await documents.restoreDeleted();
    expect([documents.opened?.editor.text, documents.deleted]).toEqual(['First', null]);
  });

  test('prefill the prompt that an action would have, and show no error if that fails', async () => {
    const { api, documents, notices } = program({ a: '\n\nBefore.\n\nA long text.\n\nAfter.' });
    await documents.open('a');
    const prepared = () => api.asked.filter(({ name }) => name === 'rewrite-prepare');
    await documents.rewriting.prepare(instructed({ instruction: 'Shorten' }));
    expect(prepared()).toEqual([]);
    documents.opened?.editor.dispatch({ selection: { anchor: 12 } });
    api.refusals.set('rewrite-prepare', { code: 'engine-busy', message: 'Busy.', details: {} });
    await documents.rewriting.prepare(instructed({ instruction: 'Shorten' }));
    const around = { before: '\n\nBefore.\n\n', after: '\n\nAfter.' };
    const passage = { instruction: 'Shorten:', mode: 'replace', selection: 'A long text.', ...around };
    expect(prepared()).toEqual([{ name: 'rewrite-prepare', argument: { ...passage, purpose: 'custom' } }]);
    expect(notices.current).toBeNull();
  });

  test('accept an answer, whether they are visible or not', async () => {
    const { documents } = program({ a: 'First' });
    await documents.load();
    await documents.insert('An answer.');
    expect(documents.opened?.editor.text).toBe('First\n\nAn answer.\n');
    await documents.flush();
  });

  test('are restored to a version, which can be undone', async () => {
    const { documents } = program({ a: 'New text' });
    await documents.open('a');
    await documents.showVersions();
    expect(documents.versions?.shown?.text).toBe('Old text');
    await documents.restoreVersion();
    expect([documents.opened?.editor.text, documents.versions]).toEqual(['Old text', null]);
    await documents.flush();
  });
});

test.each([
  ['Letter', '# Other\ntext', 'Letter'],
  ['', '# Complaint, **second** letter\nDear Sir', 'Complaint, second letter'],
  ['', '- a list\n- of things', 'a list'],
  ['', 'x'.repeat(80), 'x'.repeat(80)],
  ['', 'x'.repeat(81), `${'x'.repeat(79)}…`],
  ['', `## ${'word '.repeat(40)}`, `${'word '.repeat(15).trim()}…`],
  ['', ' ', ''],
])('a document named %j that begins with %j is called %j', (title, beginning, called) => {
  expect(documentTitle({ title, beginning })).toBe(called);
});
