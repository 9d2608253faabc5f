import { expect, test } from 'vitest';
import type { SavedAll } from '../../src-main/contract/unsaved-text.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { columnsBeside } from '../../src-renderer/state/compare/preset-columns.ts';
import { Language } from '../../src-renderer/state/shell/language.svelte.ts';
import { message } from './sample.ts';
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
  expect(await saveAll(1)).toEqual({ attempt: 1, unsaved: [], cause: null });
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
    cause: { code: full.code, message: full.message },
  });
  api.refusals.clear();
  expect(await saveAll(2)).toEqual({ attempt: 2, unsaved: [], cause: null });
});

test('a prompt taken from a conversation is compared by its strategy and the usual ones, and Escape goes back', async () => {
  const { app } = windowOf([]);
  const opened: string[] = [];
  app.write.open = async (id) => void opened.push(id);
  app.write.conversation.id = 'talk';
  app.write.conversation.set({ systemPrompt: 'Be brief.' });
  app.write.conversation.messages = [
    message({ id: 'q1', parentId: null, content: 'Who?' }),
    message({ id: 'a1', parentId: 'q1', role: 'assistant', content: 'I.' }),
    message({ id: 'q2', parentId: 'a1', content: 'Why?' }),
  ];
  app.write.comparePrompt('q2');
  expect([app.shell.screen, app.compare.view]).toEqual(['compare', 'new']);
  expect(app.compare.draft.request).toMatchObject({
    prompt: 'Why?',
    raw: false,
    systemPrompt: 'Be brief.',
    earlier: [
      { role: 'user', content: 'Who?' },
      { role: 'assistant', content: 'I.' },
    ],
  });
  const columns = app.compare.draft.columns.list;
  expect(columns[0]?.strategy).toEqual(defaultSettings.strategy);
  expect(columns.map(({ strategy }) => strategy.kind)).toEqual([
    ...['auto', 'greedy', 'beam', 'sampling'],
    ...['candidate-set', 'candidate-set', 'candidate-set'],
  ]);
  await app.compare.back();
  expect(opened).toEqual(['talk']);

  // A raw prompt has no messages before it, and another comparison comes from no conversation.
  app.compare.draft.raw = true;
  expect(app.compare.draft.request).not.toHaveProperty('earlier');
  app.compare.startNew();
  await app.compare.back();
  expect(opened).toEqual(['talk']);
});

test('a strategy of the usual ones is compared once', () => {
  const language = new Language(() => 'en', 'en');
  const names = columnsBeside(language, parseStrategy({ kind: 'greedy' })).map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['Greedy', 'Beam 4', 'Sampling']);
});
