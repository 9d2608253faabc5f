import type { RewritePassage } from '../../../src-main/contract/document.ts';
import type { DocumentEditor, Passage } from './document-editor.svelte.ts';
import type { RewriteAction } from './actions.ts';

/** Text around the selection that the answer may repeat, on either side, in UTF-16 units. */
const aroundLength = 4000;

/** What `action` is done with: the selection or the paragraph; where nothing is selected, a text goes on at the cursor. */
export function placeFor(editor: DocumentEditor, { mode }: RewriteAction): Passage {
  const { main } = editor.state.selection;
  if (mode === 'replace' || !main.empty) return editor.passage();
  return { from: main.head, to: main.head, text: '' };
}

/** What the model reads of it. */
export function passageFor(editor: DocumentEditor, action: RewriteAction): RewritePassage {
  const { from, to, text } = placeFor(editor, action);
  const before = editor.state.sliceDoc(Math.max(0, from - aroundLength), from);
  const after = editor.state.sliceDoc(to, to + aroundLength);
  return { instruction: action.instruction, mode: action.mode, selection: text, before, after };
}
