import type { Database } from 'better-sqlite3';
import { ComparisonColumnRows } from './comparison-columns.ts';
import { ComparisonRunRows } from './comparison-runs.ts';
import { ComparisonTokenRows } from './comparison-tokens.ts';
import { ComparisonTraceRows } from './comparison-trace.ts';
import { ComparisonRows } from './comparisons.ts';
import { ConversationRows } from './conversations.ts';
import { DraftRows } from './drafts.ts';
import { MessageRows } from './messages.ts';
import { RunTokenRows } from './run-tokens.ts';
import { RunRows } from './runs.ts';
import { SettingRows } from './settings.ts';
import { ShownMessageRows } from './shown-messages.ts';
import { VoteRows } from './votes.ts';

/** The prepared statements of every table. */
export class Tables {
  readonly conversations: ConversationRows;
  readonly messages: MessageRows;
  readonly shownMessages: ShownMessageRows;
  readonly runs: RunRows;
  readonly runTokens: RunTokenRows;
  readonly drafts: DraftRows;
  readonly settings: SettingRows;
  readonly comparisons: ComparisonRows;
  readonly comparisonColumns: ComparisonColumnRows;
  readonly comparisonRuns: ComparisonRunRows;
  readonly comparisonTokens: ComparisonTokenRows;
  readonly comparisonTrace: ComparisonTraceRows;
  readonly votes: VoteRows;

  constructor(database: Database) {
    this.conversations = new ConversationRows(database);
    this.messages = new MessageRows(database);
    this.shownMessages = new ShownMessageRows(database);
    this.runs = new RunRows(database);
    this.runTokens = new RunTokenRows(database);
    this.drafts = new DraftRows(database);
    this.settings = new SettingRows(database);
    this.comparisons = new ComparisonRows(database);
    this.comparisonColumns = new ComparisonColumnRows(database);
    this.comparisonRuns = new ComparisonRunRows(database);
    this.comparisonTokens = new ComparisonTokenRows(database);
    this.comparisonTrace = new ComparisonTraceRows(database);
    this.votes = new VoteRows(database);
  }
}
