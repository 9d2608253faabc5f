import type { Migration } from './migration.ts';

/**
 * One table of runs for answers, columns of comparisons and rewrites, with their tokens and traces. The text and the
 * status of an answer that a model wrote live in its run alone: `messages.content` holds what a person wrote, and is
 * NULL for the rest. A run of an older version started when its message or its rewrite was made; each text of an older
 * rewrite becomes a run of its own. Steps of a search take the type of their search: `beam-step` or `candidate-round`,
 * both `beams` before. Quotes in a text are escaped in JSON, so that `"type":"beams"` is never part of one.
 */
export const runs: Migration = {
  version: 8,
  sql: `
    CREATE TABLE messages_8 (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      parent_id TEXT,
      role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
      -- NULL for an answer of a model: its run has the text.
      content TEXT,
      created_at INTEGER NOT NULL,
      source_id TEXT,
      UNIQUE (conversation_id, id),
      FOREIGN KEY (conversation_id, parent_id) REFERENCES messages (conversation_id, id)
        DEFERRABLE INITIALLY DEFERRED,
      CHECK (role = 'assistant' OR content IS NOT NULL),
      CHECK (role = 'user' OR parent_id IS NOT NULL)
    ) STRICT;
    INSERT INTO messages_8
      SELECT messages.number, messages.id, conversation_id, parent_id, role, iif(runs.id IS NULL, content, NULL),
        created_at, source_id
      FROM messages LEFT JOIN runs ON runs.message_id = messages.id;

    CREATE TABLE runs_8 (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      -- The owner is an answer, a column or a rewrite: the columns of the other two are NULL.
      conversation_id TEXT,
      message_id TEXT UNIQUE,
      comparison_id TEXT,
      column_id TEXT,
      repeat INTEGER,
      rewrite_id TEXT REFERENCES rewrites (id) ON DELETE CASCADE,
      position INTEGER,
      model_id TEXT NOT NULL,
      provider TEXT NOT NULL,
      strategy TEXT NOT NULL CHECK (json_valid(strategy)),
      status TEXT NOT NULL
        CHECK (status IN ('waiting', 'streaming', 'done', 'stopped', 'interrupted', 'failed')),
      end_reason TEXT,
      statistics TEXT CHECK (json_valid(statistics)),
      error TEXT CHECK (json_valid(error)),
      started_at INTEGER,
      text TEXT NOT NULL,
      UNIQUE (comparison_id, id),
      UNIQUE (comparison_id, column_id, repeat),
      UNIQUE (rewrite_id, position),
      FOREIGN KEY (conversation_id, message_id) REFERENCES messages (conversation_id, id) ON DELETE CASCADE,
      FOREIGN KEY (comparison_id, column_id) REFERENCES comparison_columns (comparison_id, id)
        ON DELETE CASCADE,
      CHECK ((message_id IS NOT NULL) + (column_id IS NOT NULL) + (rewrite_id IS NOT NULL) = 1),
      CHECK ((message_id IS NULL) = (conversation_id IS NULL)),
      CHECK ((column_id IS NULL) = (comparison_id IS NULL) AND (column_id IS NULL) = (repeat IS NULL)),
      CHECK ((rewrite_id IS NULL) = (position IS NULL))
    ) STRICT;
    INSERT INTO runs_8 (id, conversation_id, message_id, model_id, provider, strategy, status, end_reason,
        statistics, error, started_at, text)
      SELECT runs.id, conversation_id, message_id, model_id, provider, strategy, status, end_reason, statistics,
        error, created_at, content
      FROM runs JOIN messages ON messages.id = message_id ORDER BY runs.number;
    INSERT INTO runs_8 (id, comparison_id, column_id, repeat, model_id, provider, strategy, status, end_reason,
        statistics, error, started_at, text)
      SELECT comparison_runs.id, comparison_runs.comparison_id, column_id, repeat, model_id, provider,
        CASE
          WHEN json_extract(strategy, '$.policy.kind') = 'sampling'
            THEN json_set(strategy, '$.policy.seed', seed + repeat)
          WHEN json_extract(strategy, '$.seed') IS NOT NULL
            THEN json_set(strategy, '$.seed', seed + repeat)
          ELSE strategy
        END,
        status, end_reason, statistics, error, started_at, text
      FROM comparison_runs
      JOIN comparison_columns ON comparison_columns.id = column_id
      JOIN comparisons ON comparisons.id = comparison_runs.comparison_id
      ORDER BY comparison_runs.number;
    INSERT INTO runs_8 (id, rewrite_id, position, model_id, provider, strategy, status, end_reason, statistics,
        error, started_at, text)
      SELECT
        -- A random UUID (RFC 9562, version 4).
        lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2)
          || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(lower(hex(randomblob(2))), 2)
          || '-' || lower(hex(randomblob(6))),
        rewrite_id, position, model_id, provider, strategy, status, end_reason, statistics, error, created_at, text
      FROM rewrite_texts JOIN rewrites ON rewrites.id = rewrite_id ORDER BY rewrites.number, position;

    -- A log-probability of NULL is NaN, which SQLite can't hold.
    CREATE TABLE run_tokens_8 (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      token_id INTEGER NOT NULL,
      text TEXT NOT NULL,
      log_probability REAL,
      policy_log_probability REAL,
      origin TEXT CHECK (origin IN ('model', 'accepted', 'recovered', 'bonus')),
      PRIMARY KEY (run_id, position)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO run_tokens_8
      SELECT run_id, position, token_id, text, log_probability, policy_log_probability, origin FROM run_tokens
      UNION ALL
      SELECT run_id, position, token_id, text, log_probability, policy_log_probability, origin
      FROM comparison_tokens;

    -- The events of one save, a JSON array; first_event counts from 0 over the run.
    CREATE TABLE run_trace (
      number INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      first_event INTEGER NOT NULL,
      events TEXT NOT NULL CHECK (json_type(events) = 'array'),
      UNIQUE (run_id, first_event)
    ) STRICT;
    INSERT INTO run_trace
      SELECT comparison_trace.number, run_id, first_event,
        replace(events, '"type":"beams"',
          iif(json_extract(strategy, '$.kind') = 'candidate-set', '"type":"candidate-round"', '"type":"beam-step"'))
      FROM comparison_trace
      JOIN comparison_runs ON comparison_runs.id = run_id
      JOIN comparison_columns ON comparison_columns.id = column_id;

    CREATE TABLE votes_8 (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      comparison_id TEXT NOT NULL,
      first_run_id TEXT NOT NULL,
      second_run_id TEXT NOT NULL CHECK (second_run_id <> first_run_id),
      outcome TEXT NOT NULL CHECK (outcome IN ('first', 'second', 'tie', 'skip')),
      created_at INTEGER NOT NULL,
      FOREIGN KEY (comparison_id, first_run_id) REFERENCES runs (comparison_id, id) ON DELETE CASCADE,
      FOREIGN KEY (comparison_id, second_run_id) REFERENCES runs (comparison_id, id) ON DELETE CASCADE
    ) STRICT;
    INSERT INTO votes_8
      SELECT number, id, comparison_id, first_run_id, second_run_id, outcome, created_at FROM votes;

    DROP TABLE votes;
    DROP TABLE comparison_trace;
    DROP TABLE comparison_tokens;
    DROP TABLE comparison_runs;
    DROP TABLE rewrite_texts;
    DROP TABLE run_tokens;
    DROP TABLE runs;
    DROP TABLE messages;
    ALTER TABLE messages_8 RENAME TO messages;
    ALTER TABLE runs_8 RENAME TO runs;
    ALTER TABLE run_tokens_8 RENAME TO run_tokens;
    ALTER TABLE votes_8 RENAME TO votes;

    CREATE INDEX messages_by_parent ON messages (conversation_id, parent_id);
    -- Covers the counts in the list of comparisons.
    CREATE INDEX runs_by_status ON runs (comparison_id, status);
    CREATE INDEX runs_unfinished ON runs (status) WHERE status IN ('waiting', 'streaming');
    CREATE INDEX votes_by_first_run ON votes (comparison_id, first_run_id);
    CREATE INDEX votes_by_second_run ON votes (comparison_id, second_run_id);
  `,
};
