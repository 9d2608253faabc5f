import type { Database, Statement } from 'better-sqlite3';
import type { CustomAction } from '../contract/document.ts';

/** Statements on the table `own_actions`. */
export class CustomActionRows {
  readonly #list: Statement<[], CustomAction>;
  readonly #freeShortcut: Statement<[string | null, string]>;
  readonly #write: Statement<[CustomAction]>;
  readonly #remove: Statement<[string]>;

  constructor(database: Database) {
    this.#list = database.prepare('SELECT id, name, instruction, shortcut FROM own_actions ORDER BY number');
    this.#freeShortcut = database.prepare(
      'UPDATE own_actions SET shortcut = NULL WHERE shortcut = ? AND id <> ?',
    );
    this.#write = database.prepare(
      `INSERT INTO own_actions (id, name, instruction, shortcut) VALUES (@id, @name, @instruction, @shortcut)
       ON CONFLICT (id) DO UPDATE SET name = @name, instruction = @instruction, shortcut = @shortcut`,
    );
    this.#remove = database.prepare('DELETE FROM own_actions WHERE id = ?');
  }

  /** In the order in which they were made. */
  list(): readonly CustomAction[] {
    return this.#list.all();
  }

  /** Keeps an action, in place of the one with its id; another one that had its shortcut has none any more. */
  write(action: CustomAction): void {
    this.#freeShortcut.run(action.shortcut, action.id);
    this.#write.run(action);
  }

  remove(id: string): void {
    this.#remove.run(id);
  }
}
