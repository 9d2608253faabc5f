import { type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { isOpen, rewriteField } from './rewrite-field.ts';

/** New words, where they would stand. */
class Added extends WidgetType {
  readonly text: string;
  readonly current: boolean;
  /** Whether they stand beside old ones. */
  readonly instead: boolean;

  constructor(text: string, current: boolean, instead: boolean) {
    super();
    this.text = text;
    this.current = current;
    this.instead = instead;
  }

  override eq(other: Added): boolean {
    return other.text === this.text && other.current === this.current && other.instead === this.instead;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('ins');
    element.className = 'cm-added';
    element.classList.toggle('cm-current', this.current);
    element.classList.toggle('cm-instead', this.instead);
    element.textContent = this.text;
    return element;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const removed = Decoration.mark({ tagName: 'del', class: 'cm-removed' });
const removedCurrent = Decoration.mark({ tagName: 'del', class: 'cm-removed cm-current' });
const unwritten = Decoration.mark({ class: 'cm-unwritten' });

/** The rewrite drawn into the text: struck through what goes, underlined what comes, faint what is to come. */
export const rewriteDecorations: Extension = EditorView.decorations.compute([rewriteField], decorationsOf);

function decorationsOf(state: EditorState): DecorationSet {
  const shown = state.field(rewriteField);
  if (!isOpen(shown)) return Decoration.none;
  const ranges: Range<Decoration>[] = [];
  for (const [index, { from, to, insert }] of shown.changes.entries()) {
    const current = !shown.growing && index === shown.current;
    if (to > from) ranges.push((current ? removedCurrent : removed).range(from, to));
    if (insert !== '')
      ranges.push(Decoration.widget({ widget: new Added(insert, current, to > from), side: 1 }).range(to));
  }
  if (shown.growing && shown.to > shown.written) ranges.push(unwritten.range(shown.written, shown.to));
  return Decoration.set(ranges, true);
}
