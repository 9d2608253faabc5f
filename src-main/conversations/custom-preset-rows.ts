import type { Database, Statement } from 'better-sqlite3';
import type { CustomPreset } from '../contract/preset.ts';

/** Statements on the table `own_presets`. */
export class CustomPresetRows {
  readonly #list: Statement<[], CustomPreset>;
  readonly #write: Statement<[CustomPreset]>;
  readonly #remove: Statement<[string]>;

  constructor(database: Database) {
    this.#list = database.prepare(
      'SELECT id, name, system_prompt AS systemPrompt FROM own_presets ORDER BY number',
    );
    this.#write = database.prepare(
      `INSERT INTO own_presets (id, name, system_prompt) VALUES (@id, @name, @systemPrompt)
       ON CONFLICT (id) DO UPDATE SET name = @name, system_prompt = @systemPrompt`,
    );
    this.#remove = database.prepare('DELETE FROM own_presets WHERE id = ?');
  }

  /** In the order in which they were made. */
  list(): readonly CustomPreset[] {
    return this.#list.all();
  }

  /** Keeps a preset, in place of the one with its id. */
  write(preset: CustomPreset): void {
    this.#write.run(preset);
  }

  remove(id: string): void {
    this.#remove.run(id);
  }
}
