import type { Migration } from './migration.ts';

/**
 * Comparisons: columns in the order shown, runs in the order of their turns, both by `number`; votes on two runs.
 * `rerun_of` refers to nothing: the comparison that it names may have been deleted, or be on another machine.
 */
export const comparisons: Migration = {
  version: 2,
  sql: `
    CREATE TABLE comparisons (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      tags TEXT NOT NULL CHECK (json_type(tags) = 'array'),
      starred INTEGER NOT NULL CHECK (starred IN (0, 1)),
      raw INTEGER NOT NULL CHECK (raw IN (0, 1)),
      repeats INTEGER NOT NULL,
      seed INTEGER NOT NULL,
      max_tokens INTEGER NOT NULL,
      model_id TEXT NOT NULL,
      provider TEXT NOT NULL,
      rerun_of TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      -- Texts that may be long come last: the list doesn't read past them.
      notes TEXT NOT NULL,
      system_prompt TEXT NOT NULL,
      prompt TEXT NOT NULL
    ) STRICT;

    CREATE TABLE comparison_columns (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      comparison_id TEXT NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      strategy TEXT NOT NULL CHECK (json_valid(strategy)),
      UNIQUE (comparison_id, id)
    ) STRICT;

    CREATE TABLE comparison_runs (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      comparison_id TEXT NOT NULL,
      column_id TEXT NOT NULL,
      repeat INTEGER NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('waiting', 'streaming', 'done', 'stopped', 'interrupted', 'failed')),
      end_reason TEXT,
      statistics TEXT CHECK (json_valid(statistics)),
      error TEXT CHECK (json_valid(error)),
      started_at INTEGER,
      text TEXT NOT NULL,
      UNIQUE (comparison_id, id),
      UNIQUE (comparison_id, column_id, repeat),
      FOREIGN KEY (comparison_id, column_id) REFERENCES comparison_columns (comparison_id, id)
        ON DELETE CASCADE
    ) STRICT;
    -- The list counts runs, and reads nothing but this.
    CREATE INDEX comparison_runs_by_status ON comparison_runs (comparison_id, status);
    CREATE INDEX comparison_runs_streaming ON comparison_runs (status) WHERE status = 'streaming';

    -- A log-probability of NULL is NaN, which SQLite can't hold.
    CREATE TABLE comparison_tokens (
      run_id TEXT NOT NULL REFERENCES comparison_runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      token_id INTEGER NOT NULL,
      text TEXT NOT NULL,
      log_probability REAL,
      policy_log_probability REAL,
      origin TEXT,
      PRIMARY KEY (run_id, position)
    ) STRICT, WITHOUT ROWID;

    -- The events of one save, a JSON array; first_event counts from 0 over the run.
    CREATE TABLE comparison_trace (
      number INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL REFERENCES comparison_runs (id) ON DELETE CASCADE,
      first_event INTEGER NOT NULL,
      events TEXT NOT NULL CHECK (json_type(events) = 'array'),
      UNIQUE (run_id, first_event)
    ) STRICT;

    CREATE TABLE votes (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      comparison_id TEXT NOT NULL,
      first_run_id TEXT NOT NULL,
      second_run_id TEXT NOT NULL CHECK (second_run_id <> first_run_id),
      outcome TEXT NOT NULL CHECK (outcome IN ('first', 'second', 'tie', 'skip')),
      created_at INTEGER NOT NULL,
      FOREIGN KEY (comparison_id, first_run_id) REFERENCES comparison_runs (comparison_id, id)
        ON DELETE CASCADE,
      FOREIGN KEY (comparison_id, second_run_id) REFERENCES comparison_runs (comparison_id, id)
        ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX votes_by_first_run ON votes (comparison_id, first_run_id);
    CREATE INDEX votes_by_second_run ON votes (comparison_id, second_run_id);
  `,
};
