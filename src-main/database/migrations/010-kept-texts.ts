import type { Migration } from './migration.ts';

/**
 * Versions of documents get two reasons, and say how much of theirs the next version lacks, by which they are thinned.
 * What was deleted is purged by days of use, which the clock can't skip; what is deleted already counts from now on.
 */
export const keptTexts: Migration = {
  version: 10,
  sql: `
    CREATE TABLE document_versions_10 (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
      reason TEXT NOT NULL CHECK (reason IN ('opened', 'pause', 'edits', 'removal', 'rewrite', 'restored')),
      kept_at INTEGER NOT NULL,
      length INTEGER NOT NULL,
      beginning TEXT NOT NULL,
      text BLOB NOT NULL,
      -- UTF-16 units of the text that the next version lacks; NULL for the newest, and where it isn't known.
      lost INTEGER
    ) STRICT;
    INSERT INTO document_versions_10
      SELECT number, id, document_id, reason, kept_at, length, beginning, text, NULL FROM document_versions;
    DROP TABLE document_versions;
    ALTER TABLE document_versions_10 RENAME TO document_versions;
    CREATE INDEX document_versions_by_document ON document_versions (document_id, number);

    -- One row: the number of days on which the program was started, and the last of them, in days since 1970.
    CREATE TABLE use_days (
      count INTEGER NOT NULL,
      last INTEGER
    ) STRICT;
    INSERT INTO use_days VALUES (0, NULL);
    ALTER TABLE conversations ADD COLUMN deleted_use_day INTEGER;
    ALTER TABLE documents ADD COLUMN deleted_use_day INTEGER;
    UPDATE conversations SET deleted_use_day = 1 WHERE deleted_at IS NOT NULL;
    UPDATE documents SET deleted_use_day = 1 WHERE deleted_at IS NOT NULL;
  `,
};
