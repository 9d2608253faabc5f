/** Would speculation pay? */
export const enPayoff = {
  'payoff-title': 'Would it pay?',
  'payoff-text':
    'Speculation pays when the guesses that come true save more than the wider forwards and the drafts cost. Both depend on this machine: measure them.',
  'payoff-measure': 'Measure this machine',
  'payoff-measuring': 'Measuring …',
  'payoff-proposer': 'Guesses from',
  'payoff-lookup': 'prompt lookup',
  'payoff-acceptance': 'Guesses that come true: {percent} %',
  'payoff-widths': 'One forward, by the tokens it reads',
  'payoff-width': 'Tokens read',
  'payoff-milliseconds': 'Milliseconds',
  'payoff-draft-cost': 'Drafting one token with {model} takes {milliseconds} ms.',
  'payoff-draft-lengths': 'What each length of guess promises',
  'payoff-draft-length': 'Guessed at a time',
  'payoff-break-even': 'Pays from',
  'payoff-percent': '{value} %',
  'payoff-never': 'never',
  'payoff-speed-up': 'Times plain',
  'payoff-observed': 'In this comparison, times plain decoding',
  'payoff-strategy': 'Strategy',
  'payoff-accepted': 'Right guesses',
  'payoff-predicted': 'Predicted',
  'payoff-measured': 'Measured',
  'payoff-best':
    'It pays: guessing {draftLength} at a time pays on this machine if {breakEven} % of the guesses or more are right; at {percent} % it promises {speedUp} times the speed of plain decoding, with the same text.',
  'payoff-best-always':
    'It pays: guessing {draftLength} at a time costs nothing on this machine, and at {percent} % right guesses it promises {speedUp} times the speed of plain decoding, with the same text.',
  'payoff-none': 'It does not pay at {percent} % right guesses: plain decoding is fastest on this machine.',
  'payoff-default': 'Make this the default',
  'payoff-is-default': 'This is the default now.',
} as const;
