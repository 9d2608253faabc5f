const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The last place up to `limit` where `text` can be cut between two characters as readers see them (UAX #29): a letter
 * stays with its marks, an emoji with what is joined to it. A single character longer than `limit` is cut between code
 * points.
 * @param limit in UTF-16 units, at least 2
 */
export function cutBefore(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  // Whether there is a boundary depends on the code point after it.
  const start = segmenter.segment(text.slice(0, limit + 2)).containing(limit)?.index ?? 0;
  if (start > 0) return start;
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(limit - 1, limit + 1)) ? limit - 1 : limit;
}

/** The first characters of `text`: at most `count` code points, cut as by `cutBefore`. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  let units = 0;
  let left = count;
  for (const character of text) {
    if (left === 0) break;
    units += character.length;
    left -= 1;
  }
  return text.slice(0, cutBefore(text, units));
}
