import type { Database, Statement } from 'better-sqlite3';
import { knownOffset, type StoredOffset } from '../database/utc-offset.ts';
import type { Comparison, ComparisonSummary, Description, EarlierMessage } from '../contract/comparison.ts';

/** A comparison without its columns and runs. */
export type ComparisonHead = Omit<Comparison, 'columns' | 'runs'>;

type Stored<T> = Omit<T, 'tags' | 'starred' | 'raw' | 'earlier' | 'utcOffset'> & {
  readonly tags: string;
  readonly starred: number;
};
type Row = Stored<ComparisonHead> & StoredOffset & { readonly raw: number; readonly earlier: string | null };
type ListedRow = Stored<Omit<ComparisonSummary, 'columnNames'>>;

/** Statements on the table `comparisons`. */
export class ComparisonRows {
  readonly #list: Statement<[], ListedRow>;
  readonly #get: Statement<[string], Row>;
  readonly #insert: Statement<[Row]>;
  readonly #describe: Statement<[Stored<Description> & { id: string }]>;
  readonly #touch: Statement<[number, string]>;
  readonly #remove: Statement<[string]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      `SELECT id, name, tags, starred, created_at AS createdAt, updated_at AS updatedAt,
         (SELECT count(*) FROM runs WHERE comparison_id = comparisons.id AND status = 'done') AS doneRuns,
         (SELECT count(*) FROM runs WHERE comparison_id = comparisons.id) AS allRuns
       FROM comparisons ORDER BY updated_at DESC, number DESC`,
    );
    this.#get = database.prepare(
      `SELECT id, name, notes, tags, starred, prompt, raw, system_prompt AS systemPrompt, earlier, repeats, seed,
         max_tokens AS maxTokens, model_id AS modelId, provider, rerun_of AS rerunOf,
         created_at AS createdAt, utc_offset AS utcOffset, updated_at AS updatedAt
       FROM comparisons WHERE id = ?`,
    );
    this.#insert = database.prepare(
      `INSERT INTO comparisons (id, name, notes, tags, starred, prompt, raw, system_prompt, earlier, repeats, seed,
         max_tokens, model_id, provider, rerun_of, created_at, utc_offset, updated_at)
       VALUES (@id, @name, @notes, @tags, @starred, @prompt, @raw, @systemPrompt, @earlier, @repeats, @seed,
         @maxTokens, @modelId, @provider, @rerunOf, @createdAt, @utcOffset, @updatedAt)`,
    );
    this.#describe = database.prepare(
      'UPDATE comparisons SET name = @name, notes = @notes, tags = @tags, starred = @starred WHERE id = @id',
    );
    this.#touch = database.prepare('UPDATE comparisons SET updated_at = ? WHERE id = ?');
    this.#remove = database.prepare('DELETE FROM comparisons WHERE id = ?');
  }

  /** Last changed first. */
  list(): readonly Omit<ComparisonSummary, 'columnNames'>[] {
    return this.#list.all().map((row) => ({ ...row, ...markedFrom(row) }));
  }

  get(id: string): ComparisonHead | undefined {
    const row = this.#get.get(id);
    if (row === undefined) return undefined;
    const { earlier, utcOffset: _, ...rest } = row;
    const head = { ...rest, ...knownOffset(row), ...markedFrom(row), raw: row.raw === 1 };
    return earlier === null ? head : { ...head, earlier: JSON.parse(earlier) as EarlierMessage[] };
  }

  insert(comparison: ComparisonHead): void {
    const { utcOffset = null } = comparison;
    const earlier = comparison.earlier === undefined ? null : JSON.stringify(comparison.earlier);
    this.#insert.run({
      ...comparison,
      ...storedMarks(comparison),
      raw: Number(comparison.raw),
      earlier,
      utcOffset,
    });
  }

  describe(id: string, description: Description): void {
    this.#describe.run({ ...description, ...storedMarks(description), id });
  }

  touch(id: string, updatedAt: number): void {
    this.#touch.run(updatedAt, id);
  }

  /** Removes the comparison with its columns, runs and votes. */
  remove(id: string): void {
    this.#remove.run(id);
  }
}

const markedFrom = ({ tags, starred }: Pick<Row, 'tags' | 'starred'>) => ({
  tags: JSON.parse(tags) as string[],
  starred: starred === 1,
});

const storedMarks = ({ tags, starred }: Pick<ComparisonHead, 'tags' | 'starred'>) => ({
  tags: JSON.stringify(tags),
  starred: Number(starred),
});
