import type { Migration } from './migration.ts';

/**
 * Which of several messages with the same parent is shown, where it isn't the newest one; the parent of first messages
 * is ''.
 */
export const shownMessages: Migration = {
  version: 6,
  sql: `
    CREATE TABLE shown_messages (
      conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      parent_id TEXT NOT NULL,
      message_id TEXT NOT NULL,
      PRIMARY KEY (conversation_id, parent_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
