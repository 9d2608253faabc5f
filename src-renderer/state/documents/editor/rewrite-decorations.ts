import { type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { isOpen, rewriteField } from './rewrite-field.ts';

/** Words to be inserted. */
class AddedWords extends WidgetType {
  readonly text: string;
  readonly current: boolean;
  /** Whether they replace old words, which are shown before them. */
  readonly instead: boolean;

  constructor(text: string, current: boolean, instead: boolean) {
    super();
    this.text = text;
    this.current = current;
    this.instead = instead;
  }

  override eq(other: AddedWords): boolean {
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

/** Draws the rewrite into the text: removed words struck through, added ones underlined, the rest to rewrite faint. */
export const rewriteDecorations: Extension = EditorView.decorations.compute([rewriteField], decorationsOf);

function decorationsOf(state: EditorState): DecorationSet {
  const shown = state.field(rewriteField);
  if (!isOpen(shown)) return Decoration.none;
  const ranges: Range<Decoration>[] = [];
  for (const [index, { from, to, insert }] of shown.changes.entries()) {
    const current = !shown.growing && index === shown.current;
    if (to > from) ranges.push((current ? removedCurrent : removed).range(from, to));
    if (insert !== '')
      ranges.push(
        Decoration.widget({ widget: new AddedWords(insert, current, to > from), side: 1 }).range(to),
      );
  }
  if (shown.growing && shown.to > shown.written) ranges.push(unwritten.range(shown.written, shown.to));
  return Decoration.set(ranges, true);
}
