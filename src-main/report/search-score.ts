import type { SearchResult } from '../contract/generation.ts';
import type { RecordedRun } from '../contract/run.ts';

/** The text that a search chose, with the search's own scores; undefined for other strategies, and before its end. */
export function searchChoice(trace: RecordedRun['trace']): SearchResult | undefined {
  return trace.flatMap((event) => (event.type === 'hypotheses' ? event.hypotheses : []))[0];
}

/** The scores of `searchChoice` in English, to be appended to a sentence; '' without one. */
export function searchScoreSentence(trace: RecordedRun['trace']): string {
  const choice = searchChoice(trace);
  if (!choice) return '';
  return `, search score ${choice.score.toFixed(3)} (sum ${choice.logProbabilitySum.toFixed(2)})`;
}
