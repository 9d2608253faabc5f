import type { Migration } from './migration.ts';

/**
 * Which tokens have log-probabilities that may differ from those of a linear read. Searches and contrastive search of
 * older versions have, where they ran on ONNX Runtime's kernels.
 */
export const approximateFigures: Migration = {
  version: 13,
  sql: `
    ALTER TABLE run_tokens ADD COLUMN approximate INTEGER NOT NULL DEFAULT 0 CHECK (approximate IN (0, 1));
    CREATE TEMP TABLE approximate_runs AS
      SELECT id FROM runs
      WHERE json_extract(strategy, '$.kind') IN ('beam', 'candidate-set', 'contrastive')
        AND coalesce(json_extract(kernels, '$.kind'), 'standard') = 'standard';
    -- A log-probability of NULL is of a token that a person chose.
    UPDATE run_tokens SET approximate = 1
      WHERE run_id IN (SELECT id FROM approximate_runs) AND log_probability IS NOT NULL;
    UPDATE runs SET statistics = json_set(statistics, '$.approximateTokens', json_extract(statistics, '$.outputTokens'))
      WHERE statistics IS NOT NULL AND json_extract(statistics, '$.outputTokens') > 0
        AND id IN (SELECT id FROM approximate_runs);
    DROP TABLE approximate_runs;
  `,
};
