import type { Database } from 'better-sqlite3';
import { ConversationRows } from './conversations.ts';
import { MessageRows } from './messages.ts';
import { RunTokenRows } from './run-tokens.ts';
import { RunRows } from './runs.ts';
import { SettingRows } from './settings.ts';

/** The prepared statements of every table. */
export class Tables {
  readonly conversations: ConversationRows;
  readonly messages: MessageRows;
  readonly runs: RunRows;
  readonly runTokens: RunTokenRows;
  readonly settings: SettingRows;

  constructor(database: Database) {
    this.conversations = new ConversationRows(database);
    this.messages = new MessageRows(database);
    this.runs = new RunRows(database);
    this.runTokens = new RunTokenRows(database);
    this.settings = new SettingRows(database);
  }
}
