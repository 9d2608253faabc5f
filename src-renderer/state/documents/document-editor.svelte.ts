import { history } from '@codemirror/commands';
import {
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  type StateCommand,
  type Transaction,
  type TransactionSpec,
} from '@codemirror/state';
import { isOpen, rewriteField, rewriteInDocument, type ShownRewrite } from './editor/rewrite-field.ts';

/** Where the text is shown; an EditorView is one. */
export interface EditorSight {
  readonly state: EditorState;
  dispatch(...specs: readonly TransactionSpec[]): void;
}

/** A piece of the text. */
export interface Passage {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text of a document with its undo history, whether it is in sight or not. */
export class DocumentEditor {
  shown = $state.raw<ShownRewrite | null>(null);
  selected = $state.raw<{ readonly from: number; readonly to: number }>({ from: 0, to: 0 });
  /** In UTF-16 units. */
  length = $state.raw(0);
  readonly #look = new Compartment();
  #state: EditorState;
  #sight: EditorSight | null = null;
  readonly #edited: () => void;
  #watch: (() => void) | null = null;

  /** @param edited called after each change of the text */
  constructor(text: string, edited: () => void) {
    this.#edited = edited;
    const extensions = [history(), rewriteInDocument(), this.#look.of([])];
    this.#state = EditorState.create({ doc: text, extensions });
    this.#publish();
  }

  get state(): EditorState {
    return this.#state;
  }

  /** The whole text; long ones take a while. */
  get text(): string {
    return this.#state.sliceDoc();
  }

  /** The text as it is to be shown: with what only somebody who sees it needs. */
  stateWith(extensions: Extension): EditorState {
    this.#state = this.#state.update({ effects: this.#look.reconfigure(extensions) }).state;
    return this.#state;
  }

  /** From now on, `sight` shows the text; null: nothing does. It tells each of its transactions by `took`. */
  showIn(sight: EditorSight | null): void {
    this.#sight = sight;
  }

  /** Calls `watcher` each time the rewrite in the text changes in any way; null: nobody any more. */
  watchRewrite(watcher: (() => void) | null): void {
    this.#watch = watcher;
  }

  /** Takes over what became of the text. */
  took(transactions: readonly Transaction[], state: EditorState): void {
    this.#state = state;
    this.#publish();
    if (transactions.some(({ docChanged }) => docChanged)) this.#edited();
  }

  dispatch(...specs: readonly TransactionSpec[]): void {
    if (this.#sight) {
      this.#sight.dispatch(...specs);
    } else {
      const transaction = this.#state.update(...specs);
      this.took([transaction], transaction.state);
    }
  }

  /** Runs a command; tells whether it had something to do. */
  run(command: StateCommand): boolean {
    return command({ state: this.#state, dispatch: (transaction) => this.#take(transaction) });
  }

  /** What is selected, without blanks around it; where nothing is, the paragraph that the cursor stands in. */
  passage(): Passage {
    const { main } = this.#state.selection;
    const range = main.empty ? this.#paragraphAt(main.head) : main;
    const all = this.#state.sliceDoc(range.from, range.to);
    const text = all.trim();
    const from = range.from + (text === '' ? 0 : all.length - all.trimStart().length);
    return { from, to: from + text.length, text };
  }

  /** Puts `text` in the place of all, as a change of just what differs. */
  replaceAll(text: string): void {
    const before = this.text;
    let start = 0;
    while (start < before.length && before[start] === text[start]) start += 1;
    let end = 0;
    const most = Math.min(before.length, text.length) - start;
    while (end < most && before[before.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    const changes = { from: start, to: before.length - end, insert: text.slice(start, text.length - end) };
    this.dispatch({ changes, userEvent: 'input.restore' });
  }

  /** Puts `text` as a paragraph of its own behind the one with the cursor; before a rewrite that is undecided. */
  insertParagraph(text: string): void {
    const { doc, selection } = this.#state;
    const shown = this.#state.field(rewriteField);
    const wanted = doc.length === 0 ? 0 : this.#paragraphAt(selection.main.head).to;
    const at = isOpen(shown) && wanted > shown.from && wanted < shown.to ? shown.to : wanted;
    const insert = `${at === 0 ? '' : blanksUpTo(2, this.#breaksBefore(at))}${text.trim()}${
      at === doc.length ? '\n' : blanksUpTo(2, this.#breaksAfter(at))
    }`;
    this.dispatch({
      changes: { from: at, insert },
      selection: EditorSelection.cursor(at + insert.trimEnd().length),
      scrollIntoView: true,
      userEvent: 'input.answer',
    });
  }

  #take(transaction: Transaction): void {
    const view = this.#sight as (EditorSight & { dispatch(transaction: Transaction): void }) | null;
    if (view) view.dispatch(transaction);
    else this.took([transaction], transaction.state);
  }

  #paragraphAt(place: number): { readonly from: number; readonly to: number } {
    const { doc } = this.#state;
    let first = doc.lineAt(place);
    if (first.text.trim() === '') return { from: place, to: place };
    let last = first;
    while (first.number > 1 && doc.line(first.number - 1).text.trim() !== '')
      first = doc.line(first.number - 1);
    while (last.number < doc.lines && doc.line(last.number + 1).text.trim() !== '')
      last = doc.line(last.number + 1);
    return { from: first.from, to: last.to };
  }

  #breaksBefore(place: number): number {
    return /\n*$/.exec(this.#state.sliceDoc(Math.max(0, place - 2), place))?.[0].length ?? 0;
  }

  #breaksAfter(place: number): number {
    return /^\n*/.exec(this.#state.sliceDoc(place, place + 2))?.[0].length ?? 0;
  }

  #publish(): void {
    const { selection, doc } = this.#state;
    const { from, to } = selection.main;
    const shown = this.#state.field(rewriteField);
    const changed = shown !== this.shown;
    this.shown = shown;
    if (from !== this.selected.from || to !== this.selected.to) this.selected = { from, to };
    this.length = doc.length;
    if (changed) this.#watch?.();
  }
}

function blanksUpTo(wanted: number, there: number): string {
  return '\n'.repeat(Math.max(0, wanted - there));
}
