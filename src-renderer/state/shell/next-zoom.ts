import type { Settings } from '../../../src-main/contract/settings.ts';
import { zooms } from '../../../src-main/contract/settings.ts';

/** The size, in percent, that is one step from `zoom`; at either end it stays, and `reset` is 100. */
export function nextZoom(zoom: Settings['zoom'], direction: 'in' | 'out' | 'reset'): Settings['zoom'] {
  if (direction === 'reset') return 100;
  return zooms[zooms.indexOf(zoom) + (direction === 'in' ? 1 : -1)] ?? zoom;
}

/** The step that a key requests together with Ctrl or Command, if any. */
export function zoomDirection(key: string): 'in' | 'out' | 'reset' | undefined {
  if (key === '+' || key === '=') return 'in';
  if (key === '-' || key === '_') return 'out';
  return key === '0' ? 'reset' : undefined;
}
