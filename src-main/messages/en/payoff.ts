/** Whether speculation is worth it on this machine. */
export const enPayoff = {
  'payoff-title': 'Is speculation worth it?',
  'payoff-text':
    'Speculation pays off when accepted tokens save more time than drafting and wider forward passes cost. Both depend on this machine: measure them.',
  'payoff-measure': 'Measure this machine',
  'payoff-measuring': 'Measuring…',
  'payoff-proposer': 'Guesses from',
  'payoff-lookup': 'prompt lookup',
  'payoff-acceptance': 'Acceptance rate: {percent}',
  'payoff-widths': 'Time of one forward pass, by tokens read',
  'payoff-width': 'Tokens read',
  'payoff-milliseconds': 'Milliseconds',
  'payoff-draft-cost': 'Drafting one token with {model} takes {milliseconds} ms.',
  'payoff-draft-lengths': 'Expected speed-up by draft length',
  'payoff-draft-length': 'Draft length',
  'payoff-break-even': 'Break-even',
  'payoff-never': 'never',
  'payoff-speed-up': 'Speed-up',
  'payoff-observed': 'Speed-up over plain decoding in this comparison',
  'payoff-strategy': 'Strategy',
  'payoff-accepted': 'Acceptance rate',
  'payoff-predicted': 'Predicted',
  'payoff-measured': 'Measured',
  'payoff-best':
    'Worth it: at a draft length of {draftLength}, the break-even is {breakEven} accepted; at {percent} expect about {speedUp}× the speed, with the same text.',
  'payoff-best-always':
    'Worth it: a draft length of {draftLength} costs nothing on this machine; at {percent} accepted expect about {speedUp}× the speed, with the same text.',
  'payoff-none': 'Not worth it at {percent} accepted: plain decoding is the fastest on this machine.',
  'payoff-default': 'Set as default',
  'payoff-is-default': 'This is the default.',
} as const;
