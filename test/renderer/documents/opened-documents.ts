import { onTestFinished } from 'vitest';
import type { Document, PendingRewrite } from '../../../src-main/contract/document.ts';
import { defaultSettings, type Settings } from '../../../src-main/contract/settings.ts';
import { LiveRuns } from '../../../src-renderer/state/runs/live-runs.svelte.ts';
import { DocumentsState } from '../../../src-renderer/state/documents/documents-state.svelte.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { Preferences } from '../../../src-renderer/state/shell/preferences.svelte.ts';
import { FakeApi } from '../fake-api.ts';

/** The documents of a window with one open document, whose text is `text`. */
export async function openedDocuments(
  text: string,
  undecided: PendingRewrite | null = null,
  defaults: Partial<Settings> = {},
) {
  const document: Document = { id: 'a', title: '', text, beginning: '', createdAt: 0, updatedAt: 0 };
  const api = new FakeApi({
    'settings-read': () => ({ ...defaultSettings, ...defaults }),
    'settings-write': () => null,
    'document-list': () => [document],
    'document-open': () => document,
    'actions-list': () => [],
    'rewrite-pending': () => undecided,
    'rewrite-decide': () => null,
  });
  const notices = new Notices();
  const runs = new LiveRuns(api, () => 0);
  const documents = new DocumentsState(api, { notices, preferences: new Preferences(api, notices) }, runs);
  onTestFinished(runs.listen());
  onTestFinished(documents.listen());
  await documents.load();
  await documents.show();
  return { api, documents };
}
