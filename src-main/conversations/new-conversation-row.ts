import type { Database, Statement } from 'better-sqlite3';
import { answerSettingsFrom } from '../contract/answer-settings.ts';
import type { NewConversation } from '../contract/conversation.ts';

interface Row {
  readonly systemPrompt: string | null;
  readonly answerSettings: string | null;
}

/** Statements on the table `new_conversation`, whose only row is the conversation that isn't stored yet. */
export class NewConversationRow {
  readonly #read: Statement<[], Row>;
  readonly #write: Statement<[Row]>;
  readonly #clear: Statement<[]>;

  constructor(database: Database) {
    this.#read = database.prepare(
      'SELECT system_prompt AS systemPrompt, answer_settings AS answerSettings FROM new_conversation',
    );
    this.#write = database.prepare(
      `INSERT OR REPLACE INTO new_conversation (number, system_prompt, answer_settings)
       VALUES (1, @systemPrompt, @answerSettings)`,
    );
    this.#clear = database.prepare('DELETE FROM new_conversation');
  }

  read(): NewConversation {
    const row = this.#read.get() ?? { systemPrompt: null, answerSettings: null };
    const { systemPrompt, answerSettings } = row;
    const settings = answerSettings === null ? null : answerSettingsFrom(JSON.parse(answerSettings));
    return { systemPrompt, settings };
  }

  write({ systemPrompt, settings }: NewConversation): void {
    this.#write.run({ systemPrompt, answerSettings: settings && JSON.stringify(settings) });
  }

  clear(): void {
    this.#clear.run();
  }
}
