import type { TraceEvent } from '../contract/run.ts';

interface WrittenNumber {
  readonly number: string;
}

/** JSON of trace events; a number that JSON can't hold (NaN, the infinities) is written as `{"number":"NaN"}`. */
export function traceToJson(events: readonly TraceEvent[]): string {
  return JSON.stringify(events, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
}

/** The events that `traceToJson` was given. */
export function traceFromJson(json: string): readonly TraceEvent[] {
  // A text in the JSON has its quotation marks escaped, so that this is no part of one.
  if (!json.includes('{"number":')) return JSON.parse(json) as TraceEvent[];
  return JSON.parse(json, (_name, value: unknown) =>
    isWrittenNumber(value) ? Number(value.number) : value,
  ) as TraceEvent[];
}

function isWrittenNumber(value: unknown): value is WrittenNumber {
  return typeof value === 'object' && value !== null && 'number' in value;
}
