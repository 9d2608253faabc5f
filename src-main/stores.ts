import { ComparisonStore } from './comparisons/comparison-store.ts';
import type { ComparisonSummary } from './contract/comparison.ts';
import type { ConversationSummary } from './contract/conversation.ts';
import type { DocumentSummary } from './contract/document.ts';
import { ComposerHistory } from './conversations/composer-history.ts';
import { Conversations } from './conversations/conversations.ts';
import { Drafts } from './conversations/drafts.ts';
import type { AppDatabase, DatabaseOptions } from './database/database.ts';
import { openDatabase } from './database/database.ts';
import { SettingsStore } from './database/settings-store.ts';
import { countUseDay } from './database/use-days.ts';
import { CustomActions } from './documents/custom-actions.ts';
import { Documents } from './documents/documents.ts';
import { RunStore } from './runs/run-store.ts';
import type { HooksByOwner } from './runs/runner.ts';

export interface StoresOptions extends DatabaseOptions {
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
  /** Monotonic clock, in milliseconds; default `performance.now`. */
  readonly clock?: () => number;
  /** Each receives a whole list, last changed first, after each change of it. */
  readonly onConversationsChanged?: (conversations: readonly ConversationSummary[]) => void;
  readonly onComparisonsChanged?: (comparisons: readonly ComparisonSummary[]) => void;
  readonly onDocumentsChanged?: (documents: readonly DocumentSummary[]) => void;
}

/** What every feature stores, in one open database. */
export class Stores {
  readonly database: AppDatabase;
  readonly runs: RunStore;
  readonly settings: SettingsStore;
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly composer: ComposerHistory;
  readonly comparisons: ComparisonStore;
  readonly documents: Documents;
  readonly actions: CustomActions;
  /** How each kind of owner takes part in its runs. */
  readonly runHooks: HooksByOwner;

  constructor(database: AppDatabase, options: StoresOptions) {
    const { now = Date.now, clock = () => performance.now() } = options;
    const runs = new RunStore(database.connection);
    database.write('open the runs', () => runs.interruptUnfinished());
    const useDay = countUseDay(database, now());
    this.database = database;
    this.runs = runs;
    this.settings = new SettingsStore(database);
    this.conversations = new Conversations({
      database,
      runs,
      now,
      useDay,
      onChanged: options.onConversationsChanged,
    });
    this.drafts = new Drafts(database, this.conversations);
    this.composer = new ComposerHistory(database);
    this.comparisons = new ComparisonStore({ database, runs, now, onChanged: options.onComparisonsChanged });
    this.documents = new Documents({
      database,
      now,
      clock,
      useDay,
      onChanged: options.onDocumentsChanged,
    });
    this.actions = new CustomActions(database);
    this.runHooks = {
      message: this.conversations.runHooks,
      column: this.comparisons.runHooks,
      rewrite: { saving: 'save the rewrite' },
    };
  }

  close(): void {
    this.database.close();
  }
}

/**
 * Opens the database in `file`, creating it if it is missing. Runs that an earlier process left unfinished become
 * `interrupted`; conversations and documents that were deleted 30 days of use ago are purged.
 * @throws ForedraftError `database-newer`, `database-failed` or `disk-full`
 */
export function openStores(file: string, options: StoresOptions = {}): Stores {
  const database = openDatabase(file, options);
  try {
    return database.read('open the database', () => new Stores(database, options));
  } catch (error) {
    database.close();
    throw error;
  }
}
