import type { Statistics } from '../contract/generation.ts';
import type { TraceEvent } from '../contract/run.ts';

interface WrittenNumber {
  readonly number: string;
}

/** JSON of statistics, which are all numbers; those that JSON can't hold (NaN, the infinities) become strings. */
export function statisticsToJson(statistics: Statistics): string {
  return JSON.stringify(statistics, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/** The inverse of `statisticsToJson`. */
export function statisticsFromJson(json: string): Statistics {
  return JSON.parse(json, (_name, value: unknown) =>
    typeof value === 'string' ? Number(value) : value,
  ) as Statistics;
}

/** JSON of trace events; a number that JSON can't hold becomes `{"number":"NaN"}`. */
export function traceToJson(events: readonly TraceEvent[]): string {
  return JSON.stringify(events, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
}

/** The inverse of `traceToJson`. */
export function traceFromJson(json: string): readonly TraceEvent[] {
  // Quotes in a text are escaped in JSON, so that this is never part of one.
  if (!json.includes('{"number":')) return JSON.parse(json) as TraceEvent[];
  return JSON.parse(json, (_name, value: unknown) =>
    isWrittenNumber(value) ? Number(value.number) : value,
  ) as TraceEvent[];
}

function isWrittenNumber(value: unknown): value is WrittenNumber {
  return typeof value === 'object' && value !== null && 'number' in value;
}
