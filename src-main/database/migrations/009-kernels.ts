import type { Migration } from './migration.ts';

/** The kernels that computed each run, as JSON; NULL until a run starts and for older runs. */
export const kernels: Migration = {
  version: 9,
  sql: 'ALTER TABLE runs ADD COLUMN kernels TEXT CHECK (json_valid(kernels));',
};
