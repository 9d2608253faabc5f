import type { NewColumn } from '../../../src-main/contract/comparison.ts';
import { maximumColumns } from '../../../src-main/contract/comparison.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { cutBefore } from '../../../src-main/contract/graphemes.ts';

/** A column that isn't run yet. */
export interface DraftColumn extends NewColumn {
  readonly key: number;
}

/** Maximum length of a column's name. */
export const maxNameLength = 80;

/** The columns of a comparison being set up. */
export class DraftColumns {
  list = $state.raw<readonly DraftColumn[]>([]);
  readonly #taken: readonly string[];
  #keys = 0;

  /** @param taken names of existing columns, which count too */
  constructor(taken: readonly string[] = []) {
    this.#taken = taken;
  }

  /** How many more columns can be added. */
  get room(): number {
    return maximumColumns - this.#taken.length - this.list.length;
  }

  /** The columns with trimmed names; null while a name is missing or there is no column. */
  get valid(): NewColumn[] | null {
    const columns = this.list.map(({ name, strategy }) => ({ name: name.trim(), strategy }));
    return columns.length > 0 && columns.every(({ name }) => name !== '') ? columns : null;
  }

  /** Adds as many of `columns` as fit, each with a unique name, after the column with the key `after`; default last. */
  add(columns: readonly NewColumn[], after?: number): void {
    const names = [...this.#taken, ...this.list.map(({ name }) => name)];
    const added = columns.slice(0, Math.max(0, this.room)).map(({ name, strategy }) => {
      const unique = freeName(name, names);
      names.push(unique);
      return { key: this.#keys++, name: unique, strategy };
    });
    const place = after === undefined ? -1 : this.list.findIndex(({ key }) => key === after);
    const at = place === -1 ? this.list.length : place + 1;
    this.list = [...this.list.slice(0, at), ...added, ...this.list.slice(at)];
  }

  replaceAll(columns: readonly NewColumn[]): void {
    this.list = [];
    this.add(columns);
  }

  remove(removed: number): void {
    this.list = this.list.filter(({ key }) => key !== removed);
  }

  duplicate(copied: number): void {
    const column = this.list.find(({ key }) => key === copied);
    if (column) this.add([column], copied);
  }

  rename(renamed: number, name: string): void {
    this.#change(renamed, (column) => ({ ...column, name: name.slice(0, cutBefore(name, maxNameLength)) }));
  }

  setStrategy(changed: number, strategy: Strategy): void {
    this.#change(changed, (column) => ({ ...column, strategy }));
  }

  /** Moves a column by `offset` places; at either end nothing happens. */
  move(moved: number, offset: 1 | -1): void {
    const from = this.list.findIndex(({ key }) => key === moved);
    const [column, neighbour] = [this.list[from], this.list[from + offset]];
    if (!column || !neighbour) return;
    const list = [...this.list];
    list[from] = neighbour;
    list[from + offset] = column;
    this.list = list;
  }

  #change(changed: number, change: (column: DraftColumn) => DraftColumn): void {
    this.list = this.list.map((column) => (column.key === changed ? change(column) : column));
  }
}

/** `name`, with the first number that makes it unique if it is taken. */
function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number++) {
    const ending = ` (${number})`;
    const numbered = name.slice(0, cutBefore(name, maxNameLength - ending.length)) + ending;
    if (!taken.includes(numbered)) return numbered;
  }
}
