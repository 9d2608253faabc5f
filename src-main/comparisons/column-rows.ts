import type { Database, Statement } from 'better-sqlite3';
import type { ComparisonColumn } from '../contract/comparison.ts';
import type { Strategy } from '../contract/strategy.ts';

type Row = Omit<ComparisonColumn, 'strategy'> & { readonly strategy: string };

interface NameRow {
  readonly comparisonId: string;
  readonly name: string;
}

/** Statements on the table `comparison_columns`. */
export class ColumnRows {
  readonly #names: Statement<[], NameRow>;
  readonly #ofComparison: Statement<[string], Row>;
  readonly #insert: Statement<[Row & { comparisonId: string }]>;

  constructor(database: Database) {
    this.#names = database.prepare(
      'SELECT comparison_id AS comparisonId, name FROM comparison_columns ORDER BY number',
    );
    this.#ofComparison = database.prepare(
      'SELECT id, name, strategy FROM comparison_columns WHERE comparison_id = ? ORDER BY number',
    );
    this.#insert = database.prepare(
      `INSERT INTO comparison_columns (id, comparison_id, name, strategy)
       VALUES (@id, @comparisonId, @name, @strategy)`,
    );
  }

  /** The names of every comparison's columns, in the order shown, by the comparison's id. */
  names(): ReadonlyMap<string, readonly string[]> {
    const names = new Map<string, string[]>();
    for (const { comparisonId, name } of this.#names.all()) {
      const known = names.get(comparisonId);
      if (known) known.push(name);
      else names.set(comparisonId, [name]);
    }
    return names;
  }

  /** In the order shown. */
  ofComparison(comparisonId: string): readonly ComparisonColumn[] {
    const rows = this.#ofComparison.all(comparisonId);
    return rows.map((row) => ({ ...row, strategy: JSON.parse(row.strategy) as Strategy }));
  }

  /** Appends a column. */
  insert(comparisonId: string, { id, name, strategy }: ComparisonColumn): void {
    this.#insert.run({ id, comparisonId, name, strategy: JSON.stringify(strategy) });
  }
}
