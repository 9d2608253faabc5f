/** The command palette and the keyboard reference. */
export const enPalette = {
  'with-shortcut': '{label} ({keys})',
  'command-palette': 'Commands',
  'command-query': 'Search commands',
  'command-none': 'No matching commands.',
  'command-open': 'Open “{title}”',
  'shortcut-palette': 'Commands',
  'shortcut-sheet': 'Keyboard shortcuts',
} as const;
