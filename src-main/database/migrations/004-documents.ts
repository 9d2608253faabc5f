import type { Migration } from './migration.ts';

/**
 * Documents with the texts they had, what was rewritten in them, and a person's own actions. The text of a
 * version is deflated: a long document has many that are nearly alike.
 */
export const documents: Migration = {
  version: 4,
  sql: `
    CREATE TABLE documents (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      text TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX documents_by_update ON documents (updated_at);

    CREATE TABLE document_versions (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
      reason TEXT NOT NULL CHECK (reason IN ('opened', 'pause', 'rewrite', 'restored')),
      kept_at INTEGER NOT NULL,
      length INTEGER NOT NULL,
      beginning TEXT NOT NULL,
      text BLOB NOT NULL
    ) STRICT;
    CREATE INDEX document_versions_by_document ON document_versions (document_id, number);

    CREATE TABLE rewrites (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      document_id TEXT REFERENCES documents (id) ON DELETE CASCADE,
      instruction TEXT NOT NULL,
      mode TEXT NOT NULL CHECK (mode IN ('replace', 'continue')),
      selection TEXT NOT NULL,
      model_id TEXT NOT NULL,
      provider TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('open', 'accepted', 'partly', 'rejected'))
    ) STRICT;
    CREATE INDEX rewrites_by_document ON rewrites (document_id);

    CREATE TABLE rewrite_texts (
      rewrite_id TEXT NOT NULL REFERENCES rewrites (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      text TEXT NOT NULL,
      strategy TEXT NOT NULL CHECK (json_valid(strategy)),
      status TEXT NOT NULL CHECK (status IN ('streaming', 'done', 'stopped', 'interrupted', 'failed')),
      end_reason TEXT,
      statistics TEXT CHECK (json_valid(statistics)),
      error TEXT CHECK (json_valid(error)),
      PRIMARY KEY (rewrite_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX rewrite_texts_streaming ON rewrite_texts (status) WHERE status = 'streaming';

    CREATE TABLE own_actions (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      instruction TEXT NOT NULL,
      shortcut TEXT UNIQUE
    ) STRICT;
  `,
};
