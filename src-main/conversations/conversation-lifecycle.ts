import { deletedKeptMs } from '../contract/conversation.ts';
import type { MessageTree } from './message-tree.ts';
import type { Tables } from './tables.ts';

/** Does all of `work` or nothing, then tells the list of conversations; `doing` completes "can't ...". */
export type ChangeConversations = <T>(doing: string, work: () => T) => T;

/** Where conversations lie: starred, put away, deleted for a while. */
export class Shelf {
  readonly #tables: Tables;
  readonly #tree: MessageTree;
  readonly #now: () => number;
  readonly #change: ChangeConversations;

  /** `now` gives milliseconds since 1970. */
  constructor(tables: Tables, tree: MessageTree, now: () => number, change: ChangeConversations) {
    this.#tables = tables;
    this.#tree = tree;
    this.#now = now;
    this.#change = change;
  }

  /** @throws ForedraftError `not-found` */
  star(id: string, starred: boolean): void {
    this.#change('star the conversation', () => {
      this.#tree.conversation(id);
      this.#tables.conversations.star(id, starred);
    });
  }

  /** Puts a conversation away, or takes it back. @throws ForedraftError `not-found` */
  archive(id: string, archived: boolean): void {
    this.#change('put away the conversation', () => {
      this.#tree.conversation(id);
      this.#tables.conversations.archive(id, archived);
    });
  }

  /** Marks a conversation as deleted; `restore` brings it back. @throws ForedraftError `not-found` */
  delete(id: string): void {
    this.#change('delete the conversation', () => {
      this.#tree.conversation(id);
      this.#tables.conversations.markDeleted(id, this.#now());
    });
  }

  /** Brings back a deleted conversation as it was; one that isn't deleted stays. @throws ForedraftError `not-found` */
  restore(id: string): void {
    this.#change('bring back the conversation', () => {
      this.#tree.anyConversation(id);
      this.#tables.conversations.markDeleted(id, null);
    });
  }

  /** Removes every deleted conversation with all that is in it, for good. */
  empty(): void {
    this.#change('remove the deleted conversations', () =>
      this.#tables.conversations.removeDeleted(Number.MAX_SAFE_INTEGER),
    );
  }

  /** Removes those deleted `deletedKeptMs` ago and earlier; the caller has begun a write. */
  purge(): void {
    this.#tables.conversations.removeDeleted(this.#now() - deletedKeptMs);
  }
}
