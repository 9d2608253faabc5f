/** How much of a text a change took away and put in, in UTF-16 units. */
export interface TextChange {
  readonly removed: number;
  readonly inserted: number;
}

/**
 * The change from `before` to `after`, as one replacement between their common start and end. Several changes at once
 * count with all that lies between them, so that `removed` is never less than what is gone.
 */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  const most = shorter - start;
  while (
    end < most &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  const kept = start + end;
  return { removed: before.length - kept, inserted: after.length - kept };
}
