import type { Database } from 'better-sqlite3';
import { ComparisonColumnRows } from '../comparisons/column-rows.ts';
import { ComparisonRunRows } from '../comparisons/comparison-run-rows.ts';
import { ComparisonTokenRows } from '../runs/comparison-tokens.ts';
import { ComparisonTraceRows } from '../runs/comparison-trace.ts';
import { ComparisonRows } from '../comparisons/comparison-rows.ts';
import { ConversationRows } from './conversation-rows.ts';
import { DraftRows } from './draft-rows.ts';
import { MessageRows } from './message-rows.ts';
import { RunTokenRows } from '../runs/run-tokens.ts';
import { RunRows } from '../runs/runs.ts';
import { SettingRows } from '../database/setting-rows.ts';
import { ShownMessageRows } from './shown-message-rows.ts';
import { VoteRows } from '../comparisons/vote-rows.ts';

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
