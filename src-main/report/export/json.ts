import * as v from 'valibot';
import type { Comparison } from '../../contract/comparison.ts';
import { ForedraftError } from '../../contract/error.ts';
import { comparisonSchema } from './json-schema.ts';

const format = 'foredraft-comparison';
const version = 1;

const envelopeSchema = v.object({ format: v.literal(format), version: v.number(), comparison: v.unknown() });

/** A comparison with everything that is known of it, as JSON. */
export function comparisonJson(comparison: Comparison): string {
  const replace = (_name: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
  return `${JSON.stringify({ format, version, comparison }, replace, 1)}\n`;
}

/**
 * The comparison that `comparisonJson` wrote.
 * @throws ForedraftError `file-failed` where `text` is something else, or of a later version
 */
export function parseComparisonJson(text: string): Comparison {
  let content: unknown;
  try {
    content = JSON.parse(text, (_name, value: unknown) => numberFrom(value));
  } catch {
    throw unusable('it is not JSON');
  }
  const envelope = v.safeParse(envelopeSchema, content);
  if (!envelope.success) throw unusable('it is no comparison that Foredraft wrote');
  if (envelope.output.version !== version) {
    throw unusable(`it has the format version ${envelope.output.version}, and this version reads ${version}`);
  }
  const parsed = v.safeParse(comparisonSchema, envelope.output.comparison);
  if (parsed.success) return parsed.output as Comparison;
  const [issue] = parsed.issues;
  throw unusable(`${v.getDotPath(issue) ?? 'it'} is damaged (${issue.message})`);
}

/** Numbers that JSON can't hold are objects with one member. */
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
