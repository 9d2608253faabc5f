/** Most values in one argument, keys included, at any depth. */
export const maximumValues = 20_000;

/**
 * Whether `value` holds at most `maximumUnits` UTF-16 units of text and bytes of buffers, and at most
 * `maximumValues` values; stops counting at the limit.
 */
export function isWithinPayloadLimit(value: unknown, maximumUnits: number): boolean {
  const open: unknown[] = [value];
  let units = 0;
  let values = 0;
  while (open.length > 0) {
    const next = open.pop();
    values += 1;
    if (typeof next === 'string') units += next.length;
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) units += next.byteLength;
    else if (Array.isArray(next) && next.length > maximumValues) return false;
    else if (typeof next === 'object' && next !== null) {
      for (const [key, member] of membersOf(next)) {
        open.push(key, member);
        if (values + open.length > maximumValues) return false;
      }
    }
    if (units > maximumUnits || values > maximumValues) return false;
  }
  return true;
}

/** IPC clones maps and sets, too, and Object.entries doesn't see their members. */
function membersOf(value: object): Iterable<readonly [unknown, unknown]> {
  return value instanceof Map || value instanceof Set ? value.entries() : Object.entries(value);
}
