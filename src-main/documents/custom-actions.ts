import { randomUUID } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { CustomAction, NewAction } from '../contract/document.ts';
import { usableStrategy } from '../contract/strategy.ts';
import type { AppDatabase } from '../database/database.ts';

type Row = Omit<CustomAction, 'strategy'> & { readonly strategy: string | null };

/** Custom instructions for selections, stored in the table `own_actions`. */
export class CustomActions {
  readonly #database: AppDatabase;
  readonly #list: Statement<[], Row>;
  readonly #freeShortcut: Statement<[string | null, string]>;
  readonly #write: Statement<[Row]>;
  readonly #remove: Statement<[string]>;

  constructor(database: AppDatabase) {
    this.#database = database;
    const { connection } = database;
    this.#list = connection.prepare(
      'SELECT id, name, instruction, shortcut, strategy FROM own_actions ORDER BY number',
    );
    this.#freeShortcut = connection.prepare(
      'UPDATE own_actions SET shortcut = NULL WHERE shortcut = ? AND id <> ?',
    );
    this.#write = connection.prepare(
      `INSERT INTO own_actions (id, name, instruction, shortcut, strategy)
       VALUES (@id, @name, @instruction, @shortcut, @strategy)
       ON CONFLICT (id) DO UPDATE
         SET name = @name, instruction = @instruction, shortcut = @shortcut, strategy = @strategy`,
    );
    this.#remove = connection.prepare('DELETE FROM own_actions WHERE id = ?');
  }

  /** In order of creation. */
  list(): readonly CustomAction[] {
    return this.#database.read('list the actions', () => this.#list.all().map(actionFrom));
  }

  /** Saves an action under its id, or as a new one if `id` is null; another action with its shortcut loses that. */
  save(id: string | null, action: NewAction): readonly CustomAction[] {
    const saved = { ...action, id: id ?? randomUUID() };
    return this.#database.write('save the action', () => {
      this.#freeShortcut.run(saved.shortcut, saved.id);
      this.#write.run({ ...saved, strategy: action.strategy && JSON.stringify(action.strategy) });
      return this.#list.all().map(actionFrom);
    });
  }

  delete(id: string): readonly CustomAction[] {
    return this.#database.write('delete the action', () => {
      this.#remove.run(id);
      return this.#list.all().map(actionFrom);
    });
  }
}

/** A strategy that this version can't use becomes the default. */
function actionFrom({ strategy, ...action }: Row): CustomAction {
  return { ...action, strategy: strategy === null ? null : usableStrategy(JSON.parse(strategy)) };
}
