import * as v from 'valibot';
import type { Comparison } from '../../contract/comparison.ts';
import { ForedraftError } from '../../contract/error.ts';
import { comparisonSchema } from './json-schema.ts';
import { upgradeVersion1 } from './json-version-1.ts';

const format = 'foredraft-comparison';
const version = 2;

const envelopeSchema = v.object({ format: v.literal(format), version: v.number(), comparison: v.unknown() });

/** The complete comparison as JSON. */
export function comparisonJson(comparison: Comparison): string {
  const replace = (_name: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
  return `${JSON.stringify({ format, version, comparison }, replace, 1)}\n`;
}

/**
 * Parses the output of `comparisonJson`, of format version 1 as well.
 * @throws ForedraftError `file-failed` if `text` is anything else or has a later format version
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
  const { version: written, comparison } = envelope.output;
  if (written !== version && written !== 1) {
    throw unusable(
      `it has format version ${written}, but this version of Foredraft reads versions 1 to ${version}`,
    );
  }
  const parsed = v.safeParse(comparisonSchema, written === 1 ? upgradeVersion1(comparison) : comparison);
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
