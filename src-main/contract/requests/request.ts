import * as v from 'valibot';

/** One entry of the list of window requests. */
export interface WindowRequest<Schema extends v.GenericSchema, Result> {
  /** Checks the argument in main and fills in its defaults. */
  readonly schema: Schema;
  /** Longest text of the whole argument, in UTF-16 units; buffers count a unit a byte. */
  readonly maximumUnits: number;
  /** Type only; never set. */
  readonly result?: Result;
}

const defaultMaximumUnits = 2_000_000;

/** `request(schema).returns<Result>()`: takes what `schema` accepts, and is answered with a `Result`. */
export function request<Schema extends v.GenericSchema>(schema: Schema, maximumUnits = defaultMaximumUnits) {
  return { returns: <Result>(): WindowRequest<Schema, Result> => ({ schema, maximumUnits }) };
}

/** The argument of a request that takes none. */
export const none = v.undefined();

export const id = v.pipe(v.string(), v.uuid());
/** A message or a system prompt. */
export const messageText = v.pipe(v.string(), v.maxLength(1_000_000));
export const title = v.pipe(v.string(), v.maxLength(200));
