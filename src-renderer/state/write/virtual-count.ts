/** Paths up to this length are in the page as a whole. */
const wholeUpTo = 40;
/** Of longer ones, at least so many messages at the end are: what is being written there must not move. */
const endAtLeast = 20;
/** Messages go from the end into the virtual list in batches, so that it rarely changes. */
const batch = 10;

/**
 * How many of the first messages of a path are only in the page while they are near what is in sight.
 * @param length of the path
 * @param before how many they were before: a message that is in the list stays in it, but for the last two
 */
export function virtualCount(length: number, before: number): number {
  const wanted = length <= wholeUpTo ? 0 : Math.floor((length - endAtLeast) / batch) * batch;
  return Math.max(0, Math.min(length - 2, Math.max(wanted, before)));
}
