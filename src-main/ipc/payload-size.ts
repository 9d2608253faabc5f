import type { RequestName } from '../contract/api.ts';

/** Most text that one request may carry, in UTF-16 units, and most values, however they nest, keys included. */
export const payloadLimit = { units: 2_000_000, values: 20_000 } as const;

const unitLimits: Partial<Record<RequestName, number>> = {
  'document-create': 5_000_000,
  'document-write': 5_000_000,
  // Carries drawings of every run.
  'comparison-export': 32_000_000,
  'chart-save': 9_000_000,
  'clipboard-write-chart': 32_000_000,
};

/** Most text that the request `name` may carry, in UTF-16 units. */
export const unitLimitOf = (name: RequestName): number => unitLimits[name] ?? payloadLimit.units;

/** Whether `value` is small enough to be worth checking; looks at no more of it than the limits allow. */
export function isWithinPayloadLimit(value: unknown, unitLimit: number = payloadLimit.units): boolean {
  const open: unknown[] = [value];
  let units = 0;
  let values = 0;
  while (open.length > 0) {
    const next = open.pop();
    values += 1;
    if (typeof next === 'string') units += next.length;
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) units += next.byteLength;
    else if (Array.isArray(next) && next.length > payloadLimit.values) return false;
    else if (typeof next === 'object' && next !== null) {
      for (const [key, member] of membersOf(next)) {
        open.push(key, member);
        if (values + open.length > payloadLimit.values) return false;
      }
    }
    if (units > unitLimit || values > payloadLimit.values) return false;
  }
  return true;
}

/** Maps and sets cross to main as well, and hide what they hold from Object.entries. */
function membersOf(value: object): Iterable<readonly [unknown, unknown]> {
  return value instanceof Map || value instanceof Set ? value.entries() : Object.entries(value);
}
