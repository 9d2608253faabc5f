/** The words of charts in English, for exported files; the window has them in its language. `filled` fills {places}. */
export const englishWords = {
  speed: 'Speed',
  speedAxis: 'tokens per second',
  speedText: 'Tokens per second of each strategy; the thin bar spans its repeats.',
  quality: 'Likelihood vs. speed',
  qualityText: 'Each strategy by its speed and the mean log-probability of its tokens.',
  qualityAxis: 'mean log-probability',
  probability: 'Log-probability by position',
  probabilityText: 'Log-probability of each token, averaged over the last eight.',
  positionAxis: 'position in the answer',
  acceptance: 'Acceptance by draft position',
  acceptanceText: 'Share of draft tokens accepted at each position, of those that were checked.',
  draftPositionAxis: 'position in the draft',
  acceptanceTime: 'Acceptance over time',
  acceptanceTimeText: 'Share of draft tokens accepted along the answer, over the last eight rounds.',
  searchTree: 'Search tree',
  searchTreeText:
    'Each step to the right adds a token to every live hypothesis; grey ones were dropped. The number is the summed log-probability.',
  candidateRounds: 'Candidate-set rounds',
  candidateRoundsText:
    'In each round every candidate is extended in several ways and some are kept; grey ones were dropped. The number is the summed log-probability.',
  speculationRounds: 'Speculation rounds',
  speculationRoundsText:
    'Each row is one forward pass: the draft, how much of it was accepted, and the next token.',
  column: 'Strategy',
  median: 'Median',
  minimum: 'Minimum',
  maximum: 'Maximum',
  position: 'Position',
  draftPosition: 'Draft position',
  step: 'Step',
  round: 'Round',
  text: 'Text',
  sum: 'Summed log-probability',
  score: 'Score',
  outcome: 'Outcome',
  parent: 'Parent',
  live: 'live',
  ended: 'finished',
  dropped: 'dropped',
  chosen: 'result',
  reason: 'Reason',
  outscored: 'scored below all that were kept',
  passedOver: 'not selected',
  outgrown: 'none of its continuations was kept',
  searchOver: 'the search ended',
  lowestKept: '{reason} (lowest score kept {score})',
  fateAndReason: '{fate}: {reason}',
  nodeLabel: 'Step {step}: “{token}”, {fate}, summed log-probability {sum}, score {score}',
  share: 'Share',
  recentAcceptance: 'accepted, last eight rounds',
  proposed: 'Draft',
  accepted: 'Accepted',
  rejected: 'Rejected',
  recovered: 'Corrected',
  bonus: 'Bonus',
  nextToken: 'Next token',
  source: 'Source',
  draftMs: 'Draft, ms',
  verifyMs: 'Verify, ms',
} as const;

export type ChartWords = Readonly<Record<keyof typeof englishWords, string>>;

/** `words` with its {places} replaced by `values`. */
export function filled(words: string, values: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
