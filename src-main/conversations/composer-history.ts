import { randomUUID } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import { splitAttachments } from '../contract/attachment.ts';
import type { NewPreset, CustomPreset } from '../contract/preset.ts';
import type { AppDatabase } from '../database/database.ts';

/** How many messages are searched, how many texts are returned, and the maximum length of a text. */
const recent = { messages: 400, texts: 100, length: 20_000 } as const;

/** What the composer offers: recent questions, and custom system prompts, which are the table `own_presets`. */
export class ComposerHistory {
  readonly #database: AppDatabase;
  readonly #questions: Statement<[], string>;
  readonly #list: Statement<[], CustomPreset>;
  readonly #write: Statement<[CustomPreset]>;
  readonly #remove: Statement<[string]>;

  constructor(database: AppDatabase) {
    this.#database = database;
    const { connection } = database;
    this.#questions = connection
      .prepare<[], string>(
        `SELECT content FROM messages JOIN conversations ON conversations.id = conversation_id
         WHERE role = 'user' AND deleted_at IS NULL
         ORDER BY messages.number DESC LIMIT ${recent.messages}`,
      )
      .pluck();
    this.#list = connection.prepare(
      'SELECT id, name, system_prompt AS systemPrompt FROM own_presets ORDER BY number',
    );
    this.#write = connection.prepare(
      `INSERT INTO own_presets (id, name, system_prompt) VALUES (@id, @name, @systemPrompt)
       ON CONFLICT (id) DO UPDATE SET name = @name, system_prompt = @systemPrompt`,
    );
    this.#remove = connection.prepare('DELETE FROM own_presets WHERE id = ?');
  }

  /** The user's recent messages without attachments, newest first, each text once. */
  recentQuestions(): readonly string[] {
    const contents = this.#database.read('read the messages', () => this.#questions.all());
    const typed = contents.map((content) => splitAttachments(content).typed);
    const fitting = typed.filter((text) => text.trim() !== '' && text.length <= recent.length);
    return [...new Set(fitting)].slice(0, recent.texts);
  }

  /** In order of creation. */
  presets(): readonly CustomPreset[] {
    return this.#database.read('list the presets', () => this.#list.all());
  }

  /** Saves a preset under its id, or as a new one if `id` is null. */
  savePreset(id: string | null, preset: NewPreset): readonly CustomPreset[] {
    return this.#database.write('save the preset', () => {
      this.#write.run({ ...preset, id: id ?? randomUUID() });
      return this.#list.all();
    });
  }

  deletePreset(id: string): readonly CustomPreset[] {
    return this.#database.write('delete the preset', () => {
      this.#remove.run(id);
      return this.#list.all();
    });
  }
}
