import { redo, undo } from '@codemirror/commands';
import { describe, expect, test } from 'vitest';
import type { PendingRewrite } from '../../../src-main/contract/document.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import { openedDocuments } from './opened-documents.ts';

const ids = [
  '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e30',
  '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e31',
  '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e32',
] as const;
const before = 'We recieved you parcel, and the cup were wet.';
const after = 'We received your parcel, and the cups were wet.';

/** A document with typed text, whose rewrites change `before` into `after`; each ends as soon as it is started. */
async function writing() {
  const { api, documents } = await openedDocuments(before);
  let started = 0;
  const runOf = (rewriteId: string): RecordedRun => ({
    id: `${rewriteId} run`,
    owner: { kind: 'rewrite', rewriteId, position: 0 },
    ...{ modelId: 'fake', provider: 'cpu', strategy: defaultSettings.strategy, startedAt: 0 },
    ...{
      adapter: null,
      kernels: null,
      status: 'done',
      endReason: 'end-token',
      statistics: null,
      error: null,
    },
    ...{ text: after, tokens: [], trace: [] },
  });
  api.handlers['document-write'] = () => null;
  api.handlers['rewrite-stop'] = () => null;
  api.handlers['rewrite-start'] = () => {
    const id = ids[started++]!;
    const head: PendingRewrite['rewrite'] = {
      ...{ id, documentId: 'a', instruction: 'Fix it:', mode: 'replace', selection: before, modelId: 'fake' },
      ...{ provider: 'cpu', createdAt: 0, outcome: 'open', runs: [runOf(id)] },
    };
    return head;
  };
  const { editor } = documents.opened!;
  const end = () => editor.text.length;
  editor.dispatch({ changes: { from: end(), insert: '\n\nYours' }, userEvent: 'input.type' });
  editor.dispatch({ selection: { anchor: 3 } });
  const rewrite = () => documents.rewriting.startCustom({ name: 'Fix', instruction: 'Fix it' });
  const barOf = () => documents.rewriting.current?.state ?? null;
  /** What Ctrl+Z does. */
  const undoKey = () => documents.rewriting.undo() || editor.run(undo);
  return {
    api,
    documents,
    editor,
    rewrite,
    barOf,
    undoKey,
    typed: `${before}\n\nYours`,
    fixed: `${after}\n\nYours`,
  };
}

const decisions = ['accept-all', 'accept', 'reject'] as const;

describe('undo after a closed rewrite', () => {
  test.each(decisions)('that was decided with %s shows its changes with their bar', async (decision) => {
    const { documents, editor, rewrite, barOf, undoKey, typed } = await writing();
    await rewrite();
    documents.rewriting.decide(decision);
    documents.rewriting.dismiss();
    expect([barOf(), editor.shown]).toEqual([null, null]);
    undoKey();
    expect([barOf(), editor.text]).toEqual(['deciding', typed]);
    expect(editor.shown?.changes.length).toBeGreaterThan(0);
  });

  test('closes the rewrite next, and only then takes back what was typed', async () => {
    const { documents, editor, rewrite, barOf, undoKey, typed } = await writing();
    await rewrite();
    documents.rewriting.decide('accept-all');
    documents.rewriting.dismiss();
    undoKey();
    undoKey();
    expect([barOf(), editor.shown, editor.text]).toEqual([null, null, typed]);
    undoKey();
    expect(editor.text).toBe(before);
  });

  test('is redone with the decisions, and undone once more', async () => {
    const { documents, editor, rewrite, barOf, undoKey, typed, fixed } = await writing();
    await rewrite();
    documents.rewriting.decide('accept-all');
    documents.rewriting.dismiss();
    for (let round = 0; round < 3; round++) {
      undoKey();
      expect([barOf(), editor.text]).toEqual(['deciding', typed]);
      editor.run(redo);
      expect([barOf(), editor.text]).toEqual(['ended', fixed]);
    }
    undoKey();
    documents.rewriting.decide('reject-all');
    expect([barOf(), editor.text]).toEqual(['ended', typed]);
  });

  test('takes back several decisions one after another', async () => {
    const { documents, editor, rewrite, barOf, undoKey, typed } = await writing();
    await rewrite();
    const count = editor.shown!.changes.length;
    for (let change = 0; change < count; change++)
      documents.rewriting.decide(change % 2 ? 'reject' : 'accept');
    documents.rewriting.dismiss();
    for (let change = 1; change <= count; change++) {
      undoKey();
      expect([barOf(), editor.shown?.changes.length]).toEqual(['deciding', change]);
    }
    expect(editor.text).toBe(typed);
  });

  test('shows the rewrite that the changes belong to, however many followed', async () => {
    const { api, documents, editor, rewrite, barOf, undoKey, typed } = await writing();
    await rewrite();
    const first = documents.rewriting.current;
    documents.rewriting.decide('accept-all');
    editor.run(undo);
    documents.rewriting.dismiss();
    await rewrite();
    documents.rewriting.decide('accept-all');
    documents.rewriting.dismiss();
    await rewrite();
    const third = documents.rewriting.current;
    expect(third).not.toBe(first);
    // The third offers nothing new: the text is `after` already.
    undoKey();
    expect([barOf(), editor.text]).toEqual(['deciding', typed]);
    expect(documents.rewriting.current?.texts.ids).toEqual([ids[1]]);
    expect(api.countOf('rewrite-start')).toBe(3);
  });

  test('leaves an open rewrite alone once the text around it was edited', async () => {
    const { documents, editor, rewrite, barOf, undoKey, typed } = await writing();
    await rewrite();
    editor.dispatch({ changes: { from: editor.text.length, insert: ', Mira' }, userEvent: 'input.type' });
    undoKey();
    expect([barOf(), editor.text]).toEqual(['deciding', typed]);
    expect(documents.rewriting.current?.texts.ids).toEqual([ids[0]]);
  });

  test('of typing alone is as ever', async () => {
    const { editor, undoKey } = await writing();
    undoKey();
    expect(editor.text).toBe(before);
  });

  test('in another document shows nothing of it', async () => {
    const { api, documents, rewrite, barOf } = await writing();
    await rewrite();
    documents.rewriting.decide('accept-all');
    documents.rewriting.dismiss();
    api.handlers['document-create'] = () => ({
      ...{ id: 'b', title: '', text: '', beginning: '', createdAt: 0, updatedAt: 0 },
    });
    await documents.startNew();
    documents.opened!.editor.run(undo);
    expect([barOf(), documents.opened!.editor.shown]).toEqual([null, null]);
  });
});
