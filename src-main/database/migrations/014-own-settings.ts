import type { Migration } from './migration.ts';

/**
 * Each conversation has settings of its own, JSON of strategy, versions and maxTokens; those there are get the user's,
 * which were used for all. What was set for a conversation without a message is kept like its draft. A custom action
 * may have a strategy of its own. A rewrite keeps the text before its passage, so that the passage is found again.
 */
export const ownSettings: Migration = {
  version: 14,
  sql: `
    ALTER TABLE conversations ADD COLUMN answer_settings TEXT NOT NULL DEFAULT '{}'
      CHECK (json_valid(answer_settings));
    UPDATE conversations SET answer_settings = json_object(
      'strategy', json(ifnull((SELECT value FROM settings WHERE name = 'strategy'),
        '{"kind":"auto","policy":{"kind":"greedy","stopAtLoops":true}}')),
      'versions', json(ifnull((SELECT value FROM settings WHERE name = 'versions'), '1')),
      'maxTokens', json(ifnull((SELECT value FROM settings WHERE name = 'maxTokens'), '1024'))
    );

    -- At most one row; NULL where the user's default applies.
    CREATE TABLE new_conversation (
      number INTEGER PRIMARY KEY CHECK (number = 1),
      system_prompt TEXT,
      answer_settings TEXT CHECK (json_valid(answer_settings))
    ) STRICT;

    -- NULL for the default of custom actions.
    ALTER TABLE own_actions ADD COLUMN strategy TEXT CHECK (json_valid(strategy));

    -- NULL for rewrites of older versions.
    ALTER TABLE rewrites ADD COLUMN before TEXT;
  `,
};
