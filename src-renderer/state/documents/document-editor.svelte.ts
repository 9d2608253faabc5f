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

/** Shows the text; an EditorView is one. */
export interface TextView {
  readonly state: EditorState;
  dispatch(...specs: readonly TransactionSpec[]): void;
}

/** A range of the text. */
export interface Passage {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text of a document and its undo history, with or without a view. */
export class DocumentEditor {
  shown = $state.raw<ShownRewrite | null>(null);
  selected = $state.raw<{ readonly from: number; readonly to: number }>({ from: 0, to: 0 });
  /** In UTF-16 units. */
  length = $state.raw(0);
  readonly #viewExtensions = new Compartment();
  #state: EditorState;
  #view: TextView | null = null;
  readonly #edited: () => void;
  #watchers: readonly (() => void)[] = [];

  /** @param edited called after each change of the text */
  constructor(text: string, edited: () => void) {
    this.#edited = edited;
    const extensions = [history(), rewriteInDocument(), this.#viewExtensions.of([])];
    this.#state = EditorState.create({ doc: text, extensions });
    this.#publish();
  }

  get state(): EditorState {
    return this.#state;
  }

  /** The whole text; takes a while if it is long. */
  get text(): string {
    return this.#state.sliceDoc();
  }

  /** The state for a view, with the extensions that only a view needs. */
  stateWith(extensions: Extension): EditorState {
    this.#state = this.#state.update({ effects: this.#viewExtensions.reconfigure(extensions) }).state;
    return this.#state;
  }

  /** `view` shows the text from now on (null: none does), and reports each of its transactions to `took`. */
  showIn(view: TextView | null): void {
    this.#view = view;
  }

  /** Calls `watcher` on each change of the rewrite in the text, until the returned function is called. */
  watchRewrite(watcher: () => void): () => void {
    this.#watchers = [...this.#watchers, watcher];
    return () => (this.#watchers = this.#watchers.filter((other) => other !== watcher));
  }

  /** Adopts the state after transactions of the view. */
  took(transactions: readonly Transaction[], state: EditorState): void {
    this.#state = state;
    this.#publish();
    if (transactions.some(({ docChanged }) => docChanged)) this.#edited();
  }

  dispatch(...specs: readonly TransactionSpec[]): void {
    if (this.#view) {
      this.#view.dispatch(...specs);
    } else {
      const transaction = this.#state.update(...specs);
      this.took([transaction], transaction.state);
    }
  }

  /** Runs a command; returns whether it applied. */
  run(command: StateCommand): boolean {
    return command({ state: this.#state, dispatch: (transaction) => this.#take(transaction) });
  }

  /** The selection without surrounding blanks; if it is empty, the paragraph with the cursor. */
  passage(): Passage {
    const { main } = this.#state.selection;
    const range = main.empty ? this.#paragraphAt(main.head) : main;
    const all = this.#state.sliceDoc(range.from, range.to);
    const text = all.trim();
    const from = range.from + (text === '' ? 0 : all.length - all.trimStart().length);
    return { from, to: from + text.length, text };
  }

  /** Replaces the whole text by a change of only what differs. */
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

  /** Inserts `text` as a paragraph after the one with the cursor, or after an open rewrite around it. */
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
    const view = this.#view as (TextView & { dispatch(transaction: Transaction): void }) | null;
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
    if (changed) for (const watcher of this.#watchers) watcher();
  }
}

function blanksUpTo(wanted: number, there: number): string {
  return '\n'.repeat(Math.max(0, wanted - there));
}
