import { type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { ChangeDoubt } from '../../../../src-main/contract/rewrite/guard/verdict.ts';
import { isOpen, rewriteField } from './rewrite-field.ts';

/** What is said of a suggestion. */
export type DoubtText = (doubt: ChangeDoubt) => string;

/** Words to be inserted. */
class AddedWords extends WidgetType {
  readonly text: string;
  readonly current: boolean;
  /** Whether they replace old words, which are shown before them. */
  readonly instead: boolean;
  /** Why they are a suggestion; '' if they are none. */
  readonly reason: string;

  constructor(text: string, current: boolean, instead: boolean, reason: string) {
    super();
    this.text = text;
    this.current = current;
    this.instead = instead;
    this.reason = reason;
  }

  override eq(other: AddedWords): boolean {
    const same = other.current === this.current && other.instead === this.instead;
    return same && other.text === this.text && other.reason === this.reason;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('ins');
    element.className = 'cm-added';
    element.classList.toggle('cm-current', this.current);
    element.classList.toggle('cm-instead', this.instead);
    element.classList.toggle('cm-unsure', this.reason !== '');
    if (this.reason !== '') element.title = this.reason;
    element.textContent = this.text;
    return element;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const unwritten = Decoration.mark({ class: 'cm-unwritten' });

/** Words to be removed. @param reason as in `AddedWords` */
function removed(current: boolean, reason: string): Decoration {
  const classes = ['cm-removed', ...(current ? ['cm-current'] : []), ...(reason === '' ? [] : ['cm-unsure'])];
  const attributes = reason === '' ? {} : { title: reason };
  return Decoration.mark({ tagName: 'del', class: classes.join(' '), attributes });
}

/** Draws the rewrite into the text: removed words struck through, added ones underlined, the rest to rewrite faint. */
export function rewriteDecorations(textOf: DoubtText): Extension {
  return EditorView.decorations.compute([rewriteField], (state) => decorationsOf(state, textOf));
}

function decorationsOf(state: EditorState, textOf: DoubtText): DecorationSet {
  const shown = state.field(rewriteField);
  if (!isOpen(shown)) return Decoration.none;
  const ranges: Range<Decoration>[] = [];
  for (const [index, change] of shown.changes.entries()) {
    const { from, to, insert, doubt } = change;
    const current = !shown.growing && index === shown.current;
    const reason = doubt === undefined ? '' : textOf(doubt);
    if (to > from) ranges.push(removed(current, reason).range(from, to));
    if (insert !== '') {
      const widget = new AddedWords(insert, current, to > from, reason);
      ranges.push(Decoration.widget({ widget, side: 1 }).range(to));
    }
  }
  if (shown.growing && shown.to > shown.written) ranges.push(unwritten.range(shown.written, shown.to));
  return Decoration.set(ranges, true);
}
