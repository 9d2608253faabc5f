import { expect, test } from 'vitest';
import type { SavedAll } from '../../src-main/contract/unsaved-text.ts';
import { AppState } from '../../src-renderer/app-state.ts';
import { FakeApi } from './fake-api.ts';

const full = { code: 'disk-full', message: 'The disk is full.', details: {} } as const;
const place = { conversationId: null, messageId: null, branch: null };

/** A window whose main process stores nothing for the requests in `refused`. */
function windowOf(refused: readonly ('document-create' | 'draft-write')[]) {
  const answers: SavedAll[] = [];
  const document = { id: 'document', title: '', beginning: '', text: '', createdAt: 1, updatedAt: 1 };
  const api = new FakeApi({
    'draft-write': () => null,
    'document-create': () => document,
    'document-write': () => null,
    'saved-all': (saved) => {
      answers.push(saved);
      return null;
    },
  });
  for (const name of refused) api.refusals.set(name, full);
  const app = new AppState(api, () => 0, 'en');
  app.listen();
  const saveAll = async (attempt: number) => {
    api.push('save-all', { attempt });
    await expect.poll(() => answers.length).toBe(attempt);
    return answers.at(-1);
  };
  return { api, app, saveAll };
}

test('saves all before the program quits', async () => {
  const { app, api, saveAll } = windowOf([]);
  app.write.drafts.write({ ...place, text: 'Half a' });
  await app.documents.startNew();
  app.documents.opened?.editor.dispatch({ changes: { from: 0, insert: 'Dear Sir' } });
  expect(await saveAll(1)).toEqual({ attempt: 1, unsaved: [], reason: '' });
  expect([api.countOf('draft-write'), api.countOf('document-create')]).toEqual([1, 1]);
});

test('reports the document and the drafts that can’t be saved, and nothing once they are', async () => {
  const { app, api, saveAll } = windowOf(['document-create', 'draft-write']);
  app.write.drafts.write({ ...place, text: 'Half a' });
  app.write.drafts.write({ ...place, messageId: 'question', text: 'Another' });
  await app.documents.startNew();
  app.documents.opened?.editor.dispatch({ changes: { from: 0, insert: 'Dear Sir' } });
  expect(await saveAll(1)).toEqual({
    attempt: 1,
    unsaved: [
      { title: 'Document', text: 'Dear Sir' },
      { title: 'Your message', text: 'Half a' },
      { title: 'Your message', text: 'Another' },
    ],
    reason: full.message,
  });
  api.refusals.clear();
  expect(await saveAll(2)).toEqual({ attempt: 2, unsaved: [], reason: '' });
});
