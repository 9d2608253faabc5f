/** The composer and what surrounds it, and what holds in every view. */
export const enComposer = {
  'keys-everywhere': 'Everywhere',
  'shortcut-settings': 'Settings',
  'shortcut-history': 'Earlier messages, at the beginning of the message',
  'shortcut-rename': 'Rename the conversation in the list',
  'zoom-in': 'Larger',
  'zoom-out': 'Smaller',
  'zoom-reset': 'Actual size',
  'zoom-of': '{percent} %',
  'setting-zoom': 'Size of everything',

  'settings-writing': 'Writing',
  'setting-enter': 'Enter key',
  'enter-new-line': 'New line',
  'enter-sends': 'Sends',
  'setting-enter-text': '{shortcut} always sends. Where Enter sends, Shift with Enter begins a new line.',
  'setting-spell-check': 'Spell check',
  'spell-check-off': 'Off',
  'spell-check-on': 'On',
  'spell-check-off-text':
    'Off, nothing is fetched. On a Mac the system’s own dictionaries are used; on Windows and Linux the dictionary of one language comes from Google’s server, the only thing that Foredraft ever takes from the network.',
  'spell-check-on-text':
    'Spelling is checked from the next start on. On Windows and Linux, Foredraft then fetches the dictionary once from redirector.gvt1.com, a server of Google, which sees your network address and the language; nothing that you write is sent. On a Mac nothing is fetched.',
  'setting-spell-check-language': 'Language of the spell check',
} as const;
