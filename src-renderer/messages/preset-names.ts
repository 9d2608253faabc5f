import type { Preset } from '../../src-main/report/presets.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

/** The name and the description of each preset of a comparison. */
export const presetNames = {
  six: ['preset-six', 'preset-six-text'],
  'draft-lengths': ['preset-draft-lengths', 'preset-draft-lengths-text'],
  temperatures: ['preset-temperatures', 'preset-temperatures-text'],
  widths: ['preset-widths', 'preset-widths-text'],
} as const satisfies Record<Preset['id'], readonly [MessageKey, MessageKey]>;
