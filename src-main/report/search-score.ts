import type { SearchResult } from '../contract/generation.ts';
import { type RecordedRun, searchResultsIn } from '../contract/run.ts';

/** The text that a search chose, with the search's own scores; undefined for other strategies, and before its end. */
export function searchChoice(trace: RecordedRun['trace']): SearchResult | undefined {
  return searchResultsIn(trace)[0];
}
