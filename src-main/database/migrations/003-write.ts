import type { Migration } from './migration.ts';

/**
 * Conversations that are starred, put away or deleted for a while; the answer that an edited or a continued one was
 * made from; where speculation has a token from; what was typed and not sent. `message_id` of a draft is the message
 * that is being edited, '' for the next message; the conversation is NULL for one that isn't kept yet.
 */
export const write: Migration = {
  version: 3,
  sql: `
    ALTER TABLE conversations ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
    ALTER TABLE conversations ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
    ALTER TABLE conversations ADD COLUMN deleted_at INTEGER;
    CREATE INDEX conversations_deleted ON conversations (deleted_at) WHERE deleted_at IS NOT NULL;

    ALTER TABLE messages ADD COLUMN source_id TEXT;

    ALTER TABLE run_tokens ADD COLUMN origin TEXT
      CHECK (origin IN ('model', 'accepted', 'corrected', 'bonus'));

    CREATE TABLE drafts (
      number INTEGER PRIMARY KEY,
      conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
      message_id TEXT NOT NULL,
      parent_id TEXT,
      branches INTEGER NOT NULL CHECK (branches IN (0, 1)),
      text TEXT NOT NULL
    ) STRICT;
    -- Two NULLs differ for SQLite, and there is but one new conversation.
    CREATE UNIQUE INDEX drafts_by_place ON drafts (ifnull(conversation_id, ''), message_id);
  `,
};
