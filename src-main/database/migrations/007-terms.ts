import type { Migration } from './migration.ts';

/**
 * Stored JSON and token origins take the field's terms: `draftLength` (was `lookahead`), `penaltyWindow` (was
 * `penaltyRange`), `recovered` (was `corrected`). A quoted name in a text of the user's has its quotes escaped in JSON,
 * so that it never matches.
 */
export const terms: Migration = {
  version: 7,
  sql: `
    UPDATE runs SET strategy =
      replace(replace(strategy, '"lookahead":', '"draftLength":'), '"penaltyRange":', '"penaltyWindow":');
    UPDATE comparison_columns SET strategy =
      replace(replace(strategy, '"lookahead":', '"draftLength":'), '"penaltyRange":', '"penaltyWindow":');
    UPDATE rewrite_texts SET strategy =
      replace(replace(strategy, '"lookahead":', '"draftLength":'), '"penaltyRange":', '"penaltyWindow":');
    UPDATE settings SET value =
      replace(replace(value, '"lookahead":', '"draftLength":'), '"penaltyRange":', '"penaltyWindow":')
      WHERE name = 'strategy';

    UPDATE comparison_tokens SET origin = 'recovered' WHERE origin = 'corrected';
    -- A CHECK can't be altered: the table is made anew.
    ALTER TABLE run_tokens RENAME TO run_tokens_before;
    CREATE TABLE run_tokens (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      token_id INTEGER NOT NULL,
      text TEXT NOT NULL,
      log_probability REAL,
      policy_log_probability REAL,
      origin TEXT CHECK (origin IN ('model', 'accepted', 'recovered', 'bonus')),
      PRIMARY KEY (run_id, position)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO run_tokens
      SELECT run_id, position, token_id, text, log_probability, policy_log_probability,
        iif(origin = 'corrected', 'recovered', origin)
      FROM run_tokens_before;
    DROP TABLE run_tokens_before;
  `,
};
