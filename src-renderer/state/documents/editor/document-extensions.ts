import { defaultKeymap, historyKeymap } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import type { LanguagePack } from '../../../../src-main/messages/language-pack.ts';
import { type DoubtText, rewriteDecorations } from './rewrite-decorations.ts';
import { theme } from './theme.ts';

export interface EditorWords {
  readonly phrases: LanguagePack['editor'];
  /** Label of the text for screen readers. */
  readonly label: string;
  /** Shown while there is no text. */
  readonly placeholder: string;
  /** What is said of a suggestion. */
  readonly doubt: DoubtText;
}

/** Extensions of every text shown. */
export function readingExtensions({ phrases, label }: Pick<EditorWords, 'phrases' | 'label'>): Extension {
  return [
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    drawSelection(),
    markdown(),
    search({ top: true }),
    EditorState.phrases.of(phrases),
    theme,
    keymap.of(searchKeymap),
  ];
}

/** Extensions of a text that can be edited. */
export function writingExtensions(words: EditorWords): Extension {
  return [
    readingExtensions(words),
    placeholder(words.placeholder),
    rewriteDecorations(words.doubt),
    keymap.of([...defaultKeymap, ...historyKeymap]),
  ];
}
