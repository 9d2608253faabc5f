import * as v from 'valibot';
import type { Comparison } from '../../contract/comparison.ts';
import { ForedraftError } from '../../contract/error.ts';
import { comparisonSchema } from './json-schema.ts';
import { upgradeVersion1 } from './json-version-1.ts';
import { upgradeVersion2 } from './json-version-2.ts';

const format = 'foredraft-comparison';
const version = 3;

const envelopeSchema = v.object({ format: v.literal(format), version: v.number(), comparison: v.unknown() });

/** The complete comparison as JSON. */
export function comparisonJson(comparison: Comparison): string {
  const replace = (_name: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
  return `${JSON.stringify({ format, version, comparison }, replace, 1)}\n`;
}

/**
 * Parses the output of `comparisonJson`, of earlier format versions as well.
 * @throws ForedraftError `file-failed` if `text` is anything else or has a later format version
 */
export function parseComparisonJson(text: string): Comparison {
  refuseForeign(text);
  let content: unknown;
  try {
    content = JSON.parse(text, (_name, value: unknown) => numberFrom(value));
  } catch {
    throw unusable('it is not JSON');
  }
  const envelope = v.safeParse(envelopeSchema, content);
  if (!envelope.success) throw unusable("it wasn't exported by Foredraft");
  const { version: written, comparison } = envelope.output;
  if (!Number.isInteger(written) || written < 1 || written > version) {
    throw unusable(
      `it has format version ${written}, but this version of Foredraft reads versions 1 to ${version}`,
    );
  }
  const parsed = v.safeParse(comparisonSchema, written === 1 ? upgradeVersion1(comparison) : comparison);
  if (parsed.success) {
    const read = parsed.output as Comparison;
    return written < 3 ? upgradeVersion2(read) : read;
  }
  const [issue] = parsed.issues;
  throw unusable(`${v.getDotPath(issue) ?? 'it'} is damaged (${issue.message})`);
}

/** Longest text that is parsed whatever it holds, in UTF-16 units. */
const shortText = 1_000_000;
/** The least length of an object with content, in a long text. */
const leastObject = 8;

/** Refuses what would take very long to parse and holds no comparison: a file of 250 MB of `{}` took 40 s. */
function refuseForeign(text: string): void {
  if (text.length <= shortText) return;
  if (!text.includes(format)) throw unusable("it wasn't exported by Foredraft");
  let objects = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === openingBrace || code === openingBracket) objects += 1;
  }
  if (objects * leastObject > text.length) throw unusable('most of it is empty');
}

const openingBrace = '{'.charCodeAt(0);
const openingBracket = '['.charCodeAt(0);

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
