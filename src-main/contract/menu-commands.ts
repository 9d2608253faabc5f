/** Ids of the window's commands that appear in the application menu. */
export const menuCommands = [
  'new',
  'palette',
  'shortcuts',
  'view-write',
  'view-compare',
  'view-settings',
  'theme-system',
  'theme-light',
  'theme-dark',
  'zoom-in',
  'zoom-out',
  'zoom-reset',
] as const;
export type MenuCommand = (typeof menuCommands)[number];
