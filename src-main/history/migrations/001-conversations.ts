import type { Migration } from './migration.ts';

/** Conversations as trees of messages, how each answer came to be, and settings. Times are ms since 1970. */
export const conversations: Migration = {
  version: 1,
  sql: `
    CREATE TABLE conversations (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      system_prompt TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX conversations_by_update ON conversations (updated_at);

    CREATE TABLE messages (
      id TEXT PRIMARY KEY,
      conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      parent_id TEXT REFERENCES messages (id) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
      content TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('streaming', 'done', 'stopped', 'interrupted', 'failed')),
      created_at INTEGER NOT NULL,
      -- Order of creation, also where two messages have the same time.
      place INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX messages_by_place ON messages (conversation_id, place);
    CREATE INDEX messages_by_parent ON messages (parent_id);
    CREATE INDEX messages_streaming ON messages (status) WHERE status = 'streaming';

    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      message_id TEXT NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
      model_id TEXT NOT NULL,
      provider TEXT NOT NULL,
      strategy TEXT NOT NULL,
      end_reason TEXT,
      statistics TEXT,
      error TEXT
    ) STRICT;

    CREATE TABLE run_tokens (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      token_id INTEGER NOT NULL,
      text TEXT NOT NULL,
      log_probability REAL NOT NULL,
      policy_log_probability REAL NOT NULL,
      PRIMARY KEY (run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;
  `,
};
