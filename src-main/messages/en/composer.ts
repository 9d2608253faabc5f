/** The composer, presets, examples, and the preferences for writing. */
export const enComposer = {
  'keys-everywhere': 'Everywhere',
  'shortcut-settings': 'Settings',
  'shortcut-history': 'Earlier messages, with the cursor at the start',
  'shortcut-rename': 'Rename the conversation in the list',
  'zoom-in': 'Larger',
  'zoom-out': 'Smaller',
  'zoom-reset': 'Actual size',
  'setting-zoom': 'Interface size',

  'settings-writing': 'Writing',
  'setting-enter': 'Enter key',
  'enter-new-line': 'New line',
  'enter-sends': 'Send message',
  'setting-enter-text': '{newLine} always starts a new line; {shortcut} always sends.',
  'setting-spell-check': 'Spell check',
  'spell-check-off': 'Off',
  'spell-check-on': 'On',
  'spell-check-off-text':
    'Off: nothing is downloaded. macOS has its own dictionaries; on Windows and Linux, the dictionary of one language comes from a Google server, the only thing Foredraft ever takes from the network.',
  'spell-check-on-text':
    'Spelling is checked from the next start. On Windows and Linux, Foredraft then downloads the dictionary once from redirector.gvt1.com, a Google server, which sees your network address and the language; nothing you write is sent. On macOS nothing is downloaded.',
  'setting-spell-check-language': 'Spell check language',

  attach: 'Attach files (.txt, .md, .docx)',
  'attach-drop': 'Drop files to attach them',
  'attach-reading': { one: 'Reading {count} file…', other: 'Reading {count} files…' },
  attachments: 'Attached files',
  'attachments-refused': 'Files not attached',
  'attachment-size': { one: '{count} character', other: '{count} characters' },
  'attachment-remove': 'Remove “{name}”',
  'attachments-incomplete': 'Files attached in part',
  'attachment-incomplete': '“{name}” is attached without its {parts}.',
  'left-out-comments': 'comments',
  'left-out-charts': 'charts',
  'left-out-diagrams': 'diagrams',
  'left-out-embedded-files': 'embedded files',
  'refused-type': '“{name}” was not attached: only .txt, .md and .docx files are supported.',
  'refused-old-word': '“{name}” is in the old Word format: save it as .docx and attach that.',
  'refused-encrypted': '“{name}” is password-protected: remove the password, then attach it again.',
  'refused-too-large': '“{name}” is too large: the limit is 20 MB for .docx and 4 MB for text files.',
  'refused-too-long':
    '“{name}” has more than 400,000 characters, far more than the model can read: attach part of it.',
  'refused-no-room': '“{name}” doesn’t fit in this message: remove another file first.',
  'refused-binary': '“{name}” contains no text, despite its name: attach a text file.',
  'refused-encoding':
    '“{name}” is in an encoding that can’t be read: save it as UTF-8, then attach it again.',
  'refused-broken': '“{name}” is damaged and can’t be read: open it in Word and save it again.',
  'refused-bomb': '“{name}” would unpack to more than 24 MB and was not opened: attach part of it.',
  'refused-empty': '“{name}” contains no text.',
  'refused-unreadable':
    '“{name}” can’t be read: check that it is a file, that it still exists, and that you may read it.',

  presets: 'Presets',
  'preset-plain': 'None',
  'preset-editor': 'Editor',
  'preset-editor-text':
    'You are a careful editor. Correct grammar, spelling and awkward wording, keep the meaning and every fact, and answer with the text alone.',
  'preset-storyteller': 'Storyteller',
  'preset-storyteller-text':
    'You are a storyteller. Write vivid scenes with concrete details and natural dialogue, and let the reader draw the conclusions.',
  'preset-email': 'Email',
  'preset-email-text':
    'You write emails: short, polite and clear, with a greeting, one request or message, and a closing.',
  'preset-brainstorm': 'Brainstorm',
  'preset-brainstorm-text':
    'You help to find ideas. Answer with a numbered list of short, different ideas, unusual ones among them.',
  'preset-name': 'Preset name',
  'preset-save': 'Save as preset',
  'preset-save-new': 'Save as new preset',
  'preset-update': 'Update “{name}”',
  'preset-delete': 'Delete “{name}”',
  'preset-deleted': 'Deleted “{name}”.',
  'preset-restore': 'Undo',
  'preset-command': 'System prompt: {name}',

  'strategy-presets': 'Style',
  'strategy-preset-exact': 'Exact and fast',
  'strategy-preset-exact-text':
    'Always picks the most likely word; sped up by predicting ahead. Best for corrections and facts.',
  'strategy-preset-precise': 'Precise',
  'strategy-preset-precise-text':
    'Weighs four texts against each other and returns the most likely one; slower.',
  'strategy-preset-balanced': 'Balanced',
  'strategy-preset-balanced-text': 'Samples from the likely words: natural text for letters and reports.',
  'strategy-preset-inventive': 'Creative',
  'strategy-preset-inventive-text':
    'Allows unlikely words: for stories, names and ideas, with more mistakes.',
  'strategy-preset-versions': 'Several versions',
  'strategy-preset-versions-text': 'Writes several different answers; use the arrows below to switch.',
  'strategy-preset-command': 'Style: {name}',
  'answers-per-message': 'Answers per message',
  'versions-left': {
    one: '{count} more version to come. Stop ends all of them.',
    other: '{count} more versions to come. Stop ends all of them.',
  },
  'scope-conversation': 'This conversation',
  'scope-default': 'Same as the default',
  'scope-make-default': 'Use as default',
  'scope-make-default-hint': 'New conversations start with it; others keep theirs.',
  'scope-reset': 'Reset to default',

  examples: 'Examples',
  'examples-note': 'Each example uses its own settings, in that conversation only.',
  'example-speculation': 'See words predicted ahead',
  'example-speculation-text':
    'Correct the spelling and grammar of this text and change nothing else:\n\nThe harbour office open again on Monday. Every boats must show its new number at the bow, and the number have to be readable from fifty metres. Who can not come on Monday may write to the office, and the office will send the number by post.',
  'example-speculation-hint':
    'Try this: in the token lens below the answer, colour by origin to see which words were predicted ahead and accepted.',
  'example-beams': 'Compare whole texts',
  'example-beams-text': 'Write one sentence that welcomes visitors to a small museum of lighthouses.',
  'example-beams-hint':
    'Try this: watch the grey words change while six texts compete; the best of the others open below the answer.',
  'example-lens': 'See the alternatives for every word',
  'example-lens-text':
    'Write the opening of a story about a lighthouse keeper who finds a message in a bottle.',
  'example-lens-hint':
    'Try this: choose a word in the token lens to see its ten most likely alternatives; Enter continues from the one you pick.',
  'other-texts': { one: '{count} other text from the search', other: '{count} other texts from the search' },
  'other-text-score': 'Search score: Σ log p {value}',
  'other-text-save': 'Save as a version',

  'context-gauge': 'Tokens the model would read if this were sent now, out of its context length',
  'context-tight': {
    one: 'Room for an answer of {count} token. It would stop there, with the text so far saved.',
    other: 'Room for an answer of {count} tokens. It would stop there, with the text so far saved.',
  },
  'context-over': {
    one: 'Too long for the model by {count} token. Nothing is dropped silently: shorten it, or start a new conversation.',
    other:
      'Too long for the model by {count} tokens. Nothing is dropped silently: shorten it, or start a new conversation.',
  },
  'context-beyond':
    'Far too long for the model. Nothing is dropped silently: shorten it, or attach part of the file.',
} as const;
