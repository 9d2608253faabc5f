/** The command palette and the list of keys. */
export const enPalette = {
  'command-palette': 'Commands',
  'command-query': 'What do you want to do?',
  'command-none': 'Nothing is called that.',
  'command-open': 'Open “{title}”',
  'shortcut-palette': 'Commands',
  'shortcut-sheet': 'This list',
} as const;
