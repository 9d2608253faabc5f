/** What the application menu asks of the window: each is the id of a command that the window has. */
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
