import type { ComparisonSummary } from '../../../src-main/contract/comparison.ts';
import { containsAll, wordsOf } from '../shell/search.ts';
import { firstCharacters } from '../../../src-main/contract/graphemes.ts';

/** What the list of comparisons is narrowed down by. */
export interface ListFilter {
  readonly search: string;
  readonly starredOnly: boolean;
  /** null: any. */
  readonly tag: string | null;
}

/** The comparisons whose name, tags or columns have every word of the search, in the order given. */
export function matching(
  comparisons: readonly ComparisonSummary[],
  { search, starredOnly, tag }: ListFilter,
): readonly ComparisonSummary[] {
  const words = wordsOf(search);
  return comparisons.filter(({ name, tags, columnNames, starred }) => {
    if ((starredOnly && !starred) || (tag !== null && !tags.includes(tag))) return false;
    return containsAll([name, ...tags, ...columnNames].join('\n'), words);
  });
}

/** Every tag that is in use, in alphabetical order. */
export function tagsOf(comparisons: readonly ComparisonSummary[]): readonly string[] {
  return [...new Set(comparisons.flatMap(({ tags }) => tags))].sort((one, other) => one.localeCompare(other));
}

/** The tags in a typed list: separated by commas, each once, within the limits of length and number. */
export function tagsFrom(text: string): string[] {
  const tags = text.split(/[,，、]/).map((tag) => firstCharacters(tag.trim(), 40).trim());
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 20);
}
