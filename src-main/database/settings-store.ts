import type { Statement } from 'better-sqlite3';
import * as v from 'valibot';
import type { Settings } from '../contract/settings.ts';
import { defaultSettings, settingsSchema } from '../contract/settings.ts';
import { usableEntries } from '../contract/usable-entries.ts';
import type { AppDatabase } from './database.ts';

interface Row {
  readonly name: string;
  readonly value: string;
}

/** The table `settings`, one row per setting. */
export class SettingsStore {
  readonly #database: AppDatabase;
  readonly #read: Statement<[], Row>;
  readonly #write: Statement<[Row]>;

  constructor(database: AppDatabase) {
    this.#database = database;
    const { connection } = database;
    this.#read = connection.prepare('SELECT name, value FROM settings');
    this.#write = connection.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (@name, @value)');
  }

  /** The stored settings; the default of each that is missing or that this version can't use. */
  read(): Settings {
    const rows = this.#database.read('read the settings', () => this.#read.all());
    const stored = Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
    const usable = usableEntries(settingsSchema.entries, stored);
    return v.parse(settingsSchema, { ...defaultSettings, ...usable });
  }

  /** Stores those of `settings` that changed: another default than today's applies to all that were never set. */
  write(settings: Settings): void {
    const before: Readonly<Record<string, unknown>> = this.read();
    this.#database.write('save the settings', () => {
      for (const [name, value] of Object.entries(settings)) {
        const text = JSON.stringify(value);
        if (text !== JSON.stringify(before[name])) this.#write.run({ name, value: text });
      }
    });
  }
}
