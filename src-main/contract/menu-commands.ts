import { screenIds } from './screens.ts';
import { themes } from './settings.ts';

/** Ids of the window's commands that appear in the application menu. */
export const menuCommands = [
  'new',
  'palette',
  'shortcuts',
  ...screenIds.map((id) => `screen-${id}` as const),
  ...themes.map((theme) => `theme-${theme}` as const),
  'zoom-in',
  'zoom-out',
  'zoom-reset',
] as const;
export type MenuCommand = (typeof menuCommands)[number];
