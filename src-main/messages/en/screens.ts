import type { ScreenId } from '../../contract/screens.ts';

/** Names of the screens, in the window and in the application menu. */
export const enScreens = {
  'screen-write': 'Write',
  'screen-compare': 'Compare',
  'screen-settings': 'Settings',
} as const satisfies Record<`screen-${ScreenId}`, string>;
