import type { Preset } from '../../src-main/report/presets.ts';
import type { MessageKey } from './message.ts';

/** How each preset is called, and what it has. */
export const presetNames = {
  six: ['preset-six', 'preset-six-text'],
  'draft-lengths': ['preset-draft-lengths', 'preset-draft-lengths-text'],
  temperatures: ['preset-temperatures', 'preset-temperatures-text'],
  widths: ['preset-widths', 'preset-widths-text'],
} as const satisfies Record<Preset['id'], readonly [MessageKey, MessageKey]>;
