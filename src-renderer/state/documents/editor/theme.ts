import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the window's colours and type: custom properties reach into its shadow tree. */
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    overflow: 'auto',
    font: 'var(--size-text) / var(--line-text) var(--font-text)',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--line) transparent',
  },
  // Chromium before 121 has no scrollbar-width.
  '.cm-scroller::-webkit-scrollbar': { width: '10px', height: '10px' },
  '.cm-scroller::-webkit-scrollbar-thumb': {
    border: '2px solid transparent',
    borderRadius: '6px',
    background: 'var(--line) content-box',
  },
  '.cm-content': {
    maxWidth: 'calc(var(--measure) + 56px)',
    padding: '22px 28px 40vh',
    caretColor: 'var(--accent)',
    overflowWrap: 'anywhere',
  },
  '.cm-line': { padding: '0' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--accent)' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '.cm-unwritten': { color: 'var(--ink-3)' },
  '.cm-removed': {
    backgroundColor: 'var(--bad-soft)',
    color: 'var(--bad)',
    textDecoration: 'line-through 1.5px',
  },
  '.cm-added': {
    backgroundColor: 'color-mix(in srgb, var(--good) 14%, transparent)',
    color: 'var(--good)',
    textDecoration: 'underline 1.5px',
    textUnderlineOffset: '0.2em',
    whiteSpace: 'pre-wrap',
  },
  '.cm-added.cm-unsure': {
    backgroundColor: 'color-mix(in srgb, var(--warn) 12%, transparent)',
    color: 'var(--warn)',
    textDecoration: 'underline dotted 2px',
  },
  '.cm-removed.cm-unsure': {
    backgroundColor: 'color-mix(in srgb, var(--warn) 12%, transparent)',
    color: 'var(--warn)',
    textDecoration: 'line-through dotted 2px',
  },
  '.cm-added.cm-instead': { marginLeft: '0.18em' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--ink)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': {
    padding: '8px 40px 8px 18px',
    font: '13px / 1.6 var(--font-ui)',
    display: 'flex',
    flexWrap: 'wrap',
    gap: '6px',
    alignItems: 'center',
    '& br': { flexBasis: '100%', content: '""', display: 'block' },
    '& input, & button, & label': { margin: '0', fontSize: '13px' },
    '& label': { display: 'inline-flex', gap: '5px', alignItems: 'center', color: 'var(--ink-2)' },
    '& input[type=checkbox]': { margin: '0', accentColor: 'var(--accent)' },
    '& .cm-textfield': { flex: '0 1 180px', minWidth: '0' },
    '& [name=close]': { top: '8px', right: '12px', fontSize: '18px', color: 'var(--ink-2)' },
  },
  '.cm-panel :focus-visible': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-textfield': {
    padding: '3px 8px',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    backgroundColor: 'var(--raised)',
  },
  '.cm-button': {
    padding: '2px 9px',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    background: 'var(--raised)',
  },
  '.cm-button:active': { background: 'var(--panel)' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--warn) 26%, transparent)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--warn) 50%, transparent)' },
  '.cm-current': { outline: '2px solid var(--accent)', outlineOffset: '1px', borderRadius: '2px' },
});

const marks = HighlightStyle.define([
  { tag: tags.heading1, fontSize: '1.35em', fontWeight: '650' },
  { tag: tags.heading2, fontSize: '1.18em', fontWeight: '650' },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], fontWeight: '650' },
  { tag: tags.strong, fontWeight: '650' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.quote, color: 'var(--ink-2)' },
  { tag: [tags.link, tags.url], color: 'var(--accent)' },
  { tag: tags.monospace, fontFamily: 'var(--font-number)', fontSize: '0.88em' },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--ink-3)' },
]);

export const theme: Extension = [look, syntaxHighlighting(marks)];
