import { maximumPassageLength, type RewritePassage } from '../../../src-main/contract/document.ts';
import { ForedraftError } from '../../../src-main/contract/error.ts';
import type { DocumentEditor, Passage } from './document-editor.svelte.ts';
import type { RewriteAction } from './actions.ts';

/** Context sent on either side of the selection, in UTF-16 units. */
const aroundLength = 4000;

/** The range that `action` applies to: the selection or the paragraph; without a selection, continuing starts at the cursor. */
export function placeFor(editor: DocumentEditor, { mode }: RewriteAction): Passage {
  const { main } = editor.state.selection;
  if (mode === 'replace' || !main.empty) return editor.passage();
  return { from: main.head, to: main.head, text: '' };
}

/** The range with its context, for main. */
export function passageFor(editor: DocumentEditor, action: RewriteAction): RewritePassage {
  const { from, to, text } = placeFor(editor, action);
  const before = editor.state.sliceDoc(Math.max(0, from - aroundLength), from);
  const after = editor.state.sliceDoc(to, to + aroundLength);
  return { instruction: action.instruction, mode: action.mode, selection: text, before, after };
}

/** @throws ForedraftError `prompt-too-long` if `selection` is longer than any rewrite may be of */
export function requireRewritable({ length }: string): void {
  if (length <= maximumPassageLength) return;
  const [characters, limit] = [length, maximumPassageLength].map((count) => count.toLocaleString('en'));
  const message = `The selection has ${characters} characters, and at most ${limit} can be rewritten: select less.`;
  throw new ForedraftError('prompt-too-long', message, { length });
}
