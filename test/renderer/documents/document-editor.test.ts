import { undo } from '@codemirror/commands';
import { describe, expect, test } from 'vitest';
import { DocumentEditor } from '../../../src-renderer/state/documents/document-editor.svelte.ts';

const editorOf = (text: string) => new DocumentEditor(text, () => undefined);

describe('a passage', () => {
  const text = 'One.\n\nTwo lines\nof text.\n\nThree.';

  test('is the selection without surrounding blanks', () => {
    const editor = editorOf(text);
    editor.dispatch({ selection: { anchor: 4, head: 16 } });
    expect(editor.passage()).toEqual({ from: 6, to: 15, text: 'Two lines' });
  });

  test('is the paragraph with the cursor if nothing is selected', () => {
    const editor = editorOf(text);
    editor.dispatch({ selection: { anchor: 18 } });
    expect(editor.passage().text).toBe('Two lines\nof text.');
    editor.dispatch({ selection: { anchor: 5 } });
    expect(editor.passage()).toEqual({ from: 5, to: 5, text: '' });
  });
});

describe('an answer', () => {
  test.each([
    ['', 0, '|A.\n'],
    ['One.', 2, 'One.\n\n|A.\n'],
    ['One.\n\nTwo.', 1, 'One.\n\n|A.\n\nTwo.'],
    ['One.\n\n\nTwo.', 5, 'One.\n\n|A.\n\nTwo.'],
  ])('is a paragraph of its own in %j at %i', (text, at, expected) => {
    const editor = editorOf(text);
    editor.dispatch({ selection: { anchor: at } });
    editor.insertParagraph(' A.\n');
    expect(editor.text).toBe(expected.replace('|', ''));
    const place = expected.indexOf('|');
    expect(editor.selected.from).toBe(place + 'A.'.length);
    editor.run(undo);
    expect(editor.text).toBe(text);
  });
});

test('a new text replaces the whole document, and can be undone', () => {
  const editor = editorOf('The cup is wet.');
  for (const text of ['The cups are wet.', '', 'aaa', 'aa']) {
    editor.replaceAll(text);
    expect(editor.text).toBe(text);
  }
  while (editor.run(undo));
  expect(editor.text).toBe('The cup is wet.');
});
