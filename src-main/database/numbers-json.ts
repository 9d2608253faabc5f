/** JSON of an object of numbers; those that JSON can't hold (NaN, the infinities) are written as texts. */
export function numbersToJson(numbers: object): string {
  return JSON.stringify(numbers, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/** The object that `numbersToJson` was given. */
export function numbersFromJson<T>(json: string): T {
  return JSON.parse(json, (_name, value: unknown) =>
    typeof value === 'string' ? Number(value) : value,
  ) as T;
}
