import type { Database, Statement } from 'better-sqlite3';
import * as v from 'valibot';
import type { Settings } from '../contract/settings.ts';
import { defaultSettings, settingsSchema } from '../contract/settings.ts';

interface Row {
  readonly name: string;
  readonly value: string;
}

/** Statements on the table `settings`, a row for each setting. */
export class SettingRows {
  readonly #read: Statement<[], Row>;
  readonly #write: Statement<[Row]>;

  constructor(database: Database) {
    this.#read = database.prepare('SELECT name, value FROM settings');
    this.#write = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (@name, @value)');
  }

  /** What was written, and the default of each setting that wasn't or that this version can't use. */
  read(): Settings {
    const stored = new Map(this.#read.all().map(({ name, value }) => [name, JSON.parse(value) as unknown]));
    const settings: Record<string, unknown> = { ...defaultSettings };
    for (const [name, schema] of Object.entries(settingsSchema.entries)) {
      const parsed = v.safeParse(schema, stored.get(name));
      if (parsed.success) settings[name] = parsed.output;
    }
    return v.parse(settingsSchema, settings);
  }

  write(settings: Settings): void {
    for (const [name, value] of Object.entries(settings))
      this.#write.run({ name, value: JSON.stringify(value) });
  }
}
