import * as v from 'valibot';

/**
 * The values of a stored object that an object schema accepts, by their names in the schema. What is missing, and what
 * another version stored and this one can't use, is left out, for its default to apply.
 */
export function usableEntries(
  entries: Readonly<Record<string, v.GenericSchema>>,
  stored: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, schema]) => {
      const parsed = v.safeParse(schema, stored[name]);
      return parsed.success ? [[name, parsed.output]] : [];
    }),
  );
}
