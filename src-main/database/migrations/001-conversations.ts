import type { Migration } from './migration.ts';

/**
 * Conversations, their message trees, how each answer came to be, and settings. `number` gives the order of
 * creation. Parents don't cascade: SQLite nests cascades at most 1000 deep, and a conversation may be longer.
 */
export const conversations: Migration = {
  version: 1,
  sql: `
    CREATE TABLE conversations (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      system_prompt TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX conversations_by_update ON conversations (updated_at);

    CREATE TABLE messages (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      parent_id TEXT,
      role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
      content TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('streaming', 'done', 'stopped', 'interrupted', 'failed')),
      created_at INTEGER NOT NULL,
      UNIQUE (conversation_id, id),
      FOREIGN KEY (conversation_id, parent_id) REFERENCES messages (conversation_id, id)
        DEFERRABLE INITIALLY DEFERRED,
      CHECK (role = 'assistant' OR status = 'done'),
      CHECK (role = 'user' OR parent_id IS NOT NULL)
    ) STRICT;
    CREATE INDEX messages_by_parent ON messages (conversation_id, parent_id);
    CREATE INDEX messages_streaming ON messages (status) WHERE status = 'streaming';

    CREATE TABLE runs (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      message_id TEXT NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
      model_id TEXT NOT NULL,
      provider TEXT NOT NULL,
      strategy TEXT NOT NULL CHECK (json_valid(strategy)),
      end_reason TEXT,
      statistics TEXT CHECK (json_valid(statistics)),
      error TEXT CHECK (json_valid(error))
    ) STRICT;

    -- A log-probability of NULL is NaN, which SQLite can't hold.
    CREATE TABLE run_tokens (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      token_id INTEGER NOT NULL,
      text TEXT NOT NULL,
      log_probability REAL,
      policy_log_probability REAL,
      PRIMARY KEY (run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT, WITHOUT ROWID;
  `,
};
