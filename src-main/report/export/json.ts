import * as v from 'valibot';
import type { Comparison } from '../../contract/comparison.ts';
import { ForedraftError } from '../../contract/error.ts';
import { comparisonSchema } from './json-schema.ts';

const format = 'foredraft-comparison';
const version = 1;

const envelopeSchema = v.object({ format: v.literal(format), version: v.number(), comparison: v.unknown() });

/** The complete comparison as JSON. */
export function comparisonJson(comparison: Comparison): string {
  const replace = (_name: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
  return `${JSON.stringify({ format, version, comparison }, replace, 1)}\n`;
}

/**
 * Parses the output of `comparisonJson`.
 * @throws ForedraftError `file-failed` if `text` is anything else or has another format version
 */
export function parseComparisonJson(text: string): Comparison {
  let content: unknown;
  try {
    content = JSON.parse(text, (_name, value: unknown) => numberFrom(value));
  } catch {
    throw unusable('it is not JSON');
  }
  const envelope = v.safeParse(envelopeSchema, content);
  if (!envelope.success) throw unusable("it wasn't exported by Foredraft");
  if (envelope.output.version !== version) {
    throw unusable(
      `it has format version ${envelope.output.version}, but this version of Foredraft reads version ${version}`,
    );
  }
  const parsed = v.safeParse(comparisonSchema, envelope.output.comparison);
  if (parsed.success) return parsed.output as Comparison;
  const [issue] = parsed.issues;
  throw unusable(`${v.getDotPath(issue) ?? 'it'} is damaged (${issue.message})`);
}

/** Numbers that JSON can't represent are encoded as `{ $number }`. */
function numberFrom(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$number' in value)) return value;
  return typeof value.$number === 'string' ? Number(value.$number) : value;
}

function unusable(reason: string): ForedraftError {
  return new ForedraftError(
    'file-failed',
    `The file can't be read as a comparison: ${reason}. Choose a JSON file that was exported from Foredraft.`,
  );
}
