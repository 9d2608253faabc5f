import type { Conflict } from '../state/strategy/strategy-form.svelte.ts';
import type { MessageKey } from './message.ts';

/** What is said beside a setting that doesn't go with another one. */
export const conflictMessages = {
  groups: 'conflict-groups',
  'sample-groups': 'conflict-sample-groups',
  'best-width': 'conflict-best-width',
  'best-candidates': 'conflict-best-candidates',
  extensions: 'conflict-extensions',
  draft: 'conflict-draft',
  bias: 'conflict-bias',
} as const satisfies Readonly<Record<Conflict['kind'], MessageKey>>;
