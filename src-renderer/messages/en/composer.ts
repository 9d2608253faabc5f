/** The composer and what surrounds it, and what holds in every view. */
export const enComposer = {
  'keys-everywhere': 'Everywhere',
  'shortcut-settings': 'Settings',
  'shortcut-history': 'Earlier messages, at the beginning of the message',
  'shortcut-rename': 'Rename the conversation in the list',
  'zoom-in': 'Larger',
  'zoom-out': 'Smaller',
  'zoom-reset': 'Actual size',
  'zoom-of': '{percent}%',
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

  attach: 'Attach files (.txt, .md, .docx)',
  'attach-drop': 'Drop the files to attach them',
  'attach-reading': { one: 'Reading {count} file …', other: 'Reading {count} files …' },
  attachments: 'Attached files',
  'attachments-refused': 'Files that are not attached',
  'attachment-size': { one: '{count} character', other: '{count} characters' },
  'attachment-remove': 'Remove “{name}”',
  'refused-type': '“{name}” is not attached: only .txt, .md and .docx files can be.',
  'refused-old-word': '“{name}” is an old Word file: save it as .docx, then attach that.',
  'refused-encrypted': '“{name}” is protected by a password: save it without one, then attach it.',
  'refused-too-large': '“{name}” is too large: a .docx may have 20 MB, a text file 4 MB.',
  'refused-too-long':
    '“{name}” has more than 400,000 characters, far more than the model can read: attach a part of it.',
  'refused-no-room':
    '“{name}” does not fit into this message beside what is there: remove another file first.',
  'refused-binary': '“{name}” holds no text, whatever its name says: attach a text file.',
  'refused-broken': '“{name}” is damaged and can’t be read: open it in Word and save it anew.',
  'refused-bomb': '“{name}” would unpack to more than 24 MB and is not opened: attach a part of it.',
  'refused-empty': '“{name}” has no text in it.',
  'refused-unreadable': '“{name}” can’t be read: check that it is a file, still there, and yours to read.',

  presets: 'Presets',
  'preset-plain': 'Plain',
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
  'preset-name': 'Name of the preset',
  'preset-save': 'Save as preset',
  'preset-save-new': 'Save as a new one',
  'preset-update': 'Change “{name}”',
  'preset-delete': 'Delete “{name}”',
  'preset-deleted': '“{name}” is deleted.',
  'preset-restore': 'Undo',
  'preset-command': 'System prompt: {name}',

  'strategy-presets': 'Ways to answer',
  'strategy-preset-exact': 'Exact and fast',
  'strategy-preset-exact-text':
    'The likeliest word each time, guessed ahead: best for corrections and facts.',
  'strategy-preset-precise': 'Precise',
  'strategy-preset-precise-text':
    'Weighs four texts against each other and takes the likeliest as a whole; slower.',
  'strategy-preset-balanced': 'Balanced',
  'strategy-preset-balanced-text': 'Draws among likely words: natural text for letters and reports.',
  'strategy-preset-inventive': 'Inventive',
  'strategy-preset-inventive-text': 'Lets unlikely words in: stories, names and ideas, with more slips.',
  'strategy-preset-versions': 'Different versions',
  'strategy-preset-versions-text':
    'Answers several times, each time otherwise; arrows below go from one to the next.',
  'strategy-preset-command': 'Way to answer: {name}',
  'answers-per-message': 'Answers to each message',
  'versions-left': {
    one: '{count} more version follows. Stop ends them all.',
    other: '{count} more versions follow. Stop ends them all.',
  },
  'custom-strategy': 'These settings hold for this conversation alone; your own are as they were.',
  'custom-strategy-clear': 'Use my own',
  'custom-strategy-save': 'Make these my own',

  examples: 'Examples',
  'examples-note': 'Each example brings its own way of answering, for that conversation alone.',
  'example-speculation': 'Watch guesses come true',
  'example-speculation-text':
    'Correct the spelling and grammar of this text and change nothing else:\n\nThe harbour office open again on Monday. Every boats must show its new number at the bow, and the number have to be readable from fifty metres. Who can not come on Monday may write to the office, and the office will send the number by post.',
  'example-speculation-hint':
    'Look at: the token lens below the answer, coloured by origin, shows which words were guessed ahead and accepted.',
  'example-beams': 'Compare whole texts',
  'example-beams-text': 'Write one sentence that welcomes visitors to a small museum of lighthouses.',
  'example-beams-hint':
    'Look at: the grey words change while six texts compete; the best others open below the answer.',
  'example-lens': 'See what else could stand there',
  'example-lens-text':
    'Write the opening of a story about a lighthouse keeper who finds a message in a bottle.',
  'example-lens-hint':
    'Look at: choose a word in the token lens to see the ten likeliest others; Enter goes on from one.',
  'other-texts': { one: '{count} other text of the search', other: '{count} other texts of the search' },
  'other-text-score': 'Σ log p {value}',
  'other-text-save': 'Keep as a version',

  'context-gauge': 'Tokens that the model would read if this were sent, of those that it can hold',
  'context-tight': {
    one: 'There is room for an answer of {count} token; there it would end, and what is written stays.',
    other: 'There is room for an answer of {count} tokens; there it would end, and what is written stays.',
  },
  'context-over': {
    one: 'Too long for the model by {count} token. Nothing is left out behind your back: shorten it, or begin a new conversation.',
    other:
      'Too long for the model by {count} tokens. Nothing is left out behind your back: shorten it, or begin a new conversation.',
  },
  'context-beyond':
    'Far too long for the model. Nothing is left out behind your back: shorten it, or attach a part of the file.',
} as const;
