import { randomUUID } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import { splitAttachments } from '../contract/attachment.ts';
import type { NewPreset, CustomPreset } from '../contract/preset.ts';
import type { HistoryDatabase } from '../database/database.ts';
import { CustomPresetRows } from './custom-preset-rows.ts';

/** How many messages are looked through, how many texts are told, and how long one may be. */
const recent = { messages: 400, texts: 100, length: 20_000 } as const;

/** What the composer offers: what was asked before, and a person's own system prompts. */
export class ComposerHistory {
  readonly #database: HistoryDatabase;
  readonly #presets: CustomPresetRows;
  readonly #questions: Statement<[], string>;

  constructor(database: HistoryDatabase) {
    this.#database = database;
    const { connection } = database;
    this.#presets = database.read('read the presets', () => new CustomPresetRows(connection));
    this.#questions = database.read('read the messages', () =>
      connection
        .prepare<[], string>(
          `SELECT content FROM messages JOIN conversations ON conversations.id = conversation_id
           WHERE role = 'user' AND deleted_at IS NULL
           ORDER BY messages.number DESC LIMIT ${recent.messages}`,
        )
        .pluck(),
    );
  }

  /** What a person typed and sent, newest first, each text once; files that went along are not part of it. */
  recentQuestions(): readonly string[] {
    const contents = this.#database.read('read the messages', () => this.#questions.all());
    const typed = contents.map((content) => splitAttachments(content).typed);
    const fitting = typed.filter((text) => text.trim() !== '' && text.length <= recent.length);
    return [...new Set(fitting)].slice(0, recent.texts);
  }

  presets(): readonly CustomPreset[] {
    return this.#database.read('list the presets', () => this.#presets.list());
  }

  /** Keeps a preset: a new one where `id` is null, else in the place of the one with that id or as that one. */
  savePreset(id: string | null, preset: NewPreset): readonly CustomPreset[] {
    return this.#database.write('keep the preset', () => {
      this.#presets.write({ ...preset, id: id ?? randomUUID() });
      return this.#presets.list();
    });
  }

  deletePreset(id: string): readonly CustomPreset[] {
    return this.#database.write('delete the preset', () => {
      this.#presets.remove(id);
      return this.#presets.list();
    });
  }
}
