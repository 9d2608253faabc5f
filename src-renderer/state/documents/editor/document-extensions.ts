import { defaultKeymap, historyKeymap } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import type { LanguagePack } from '../../../messages/language-pack.ts';
import { rewriteDecorations } from './rewrite-decorations.ts';
import { theme } from './theme.ts';

export interface EditorWords {
  readonly phrases: LanguagePack['editor'];
  /** What the text is called. */
  readonly label: string;
  /** Shown where there is no text. */
  readonly placeholder: string;
}

/** What every text that is shown is made of. */
export function readingExtensions({ phrases, label }: Omit<EditorWords, 'placeholder'>): Extension {
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

/** What the text of a document is made of, where it is seen and written. */
export function writingExtensions(words: EditorWords): Extension {
  return [
    readingExtensions(words),
    placeholder(words.placeholder),
    rewriteDecorations,
    keymap.of([...defaultKeymap, ...historyKeymap]),
  ];
}
