/** Paths up to this length are rendered whole. */
const wholeUpTo = 40;
/** Messages at the end of longer paths that are always rendered: text that grows there must not jump. */
const endAtLeast = 20;
/** Messages go from the end into the virtual list in batches, so that it rarely changes. */
const batch = 10;

/**
 * How many of the first messages of a path are rendered only while they are near the viewport.
 * @param length of the path
 * @param before how many they were before: a message that is in the list stays in it, except for the last two
 */
export function virtualCount(length: number, before: number): number {
  const wanted = length <= wholeUpTo ? 0 : Math.floor((length - endAtLeast) / batch) * batch;
  return Math.max(0, Math.min(length - 2, Math.max(wanted, before)));
}
