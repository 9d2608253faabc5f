import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { ForedraftError } from '../contract/error.ts';
import { readText } from '../contract/text-file.ts';
import type { ModelManifest } from './manifest.ts';
import { modelFormatVersion } from './manifest.ts';

/** Far above every model's, and low enough that nothing computed from them overflows or fills the memory by itself. */
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

const manifestSchema = v.object({
  formatVersion: v.number(),
  id: v.string(),
  name: v.string(),
  licence: v.string(),
  architecture: v.string(),
  precision: v.picklist(['float32', '8-bit', '4-bit']),
  contextLength: count(1 << 24),
  vocabularySize: count(10_000_000),
  layerCount: count(1024),
  headCount: count(1024),
  keyValueHeadCount: count(1024),
  headSize: count(4096),
  hiddenSize: count(1 << 20),
  operators: v.nullable(
    v.object({ cache: v.picklist(['float16', 'float32']), weights: v.record(v.string(), count(1_000_000)) }),
  ),
  adapter: v.nullable(
    v.object({
      name: v.pipe(v.string(), v.nonEmpty()),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      rank: count(1 << 16),
    }),
  ),
  endTokens: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(1000)),
  chatTemplate: v.string(),
  namedTokens: v.optional(v.record(v.string(), v.string()), {}),
  files: v.record(v.string(), v.string()),
  source: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
});

/**
 * The manifest of the model in `directory`.
 * @throws ForedraftError `model-missing` if there is none, `model-file-invalid` if it is malformed or
 * of another version
 */
export function readManifest(directory: string): ModelManifest {
  const file = path.join(directory, 'model.json');
  let bytes: Uint8Array;
  try {
    bytes = fs.readFileSync(file);
  } catch {
    throw new ForedraftError(
      'model-missing',
      `${directory} holds no model (model.json is missing): choose a folder that a model was converted into.`,
      { directory },
    );
  }
  const value = parse(bytes, file);
  checkVersion(value, file);
  return checked(value, file);
}

function parse(bytes: Uint8Array, file: string): unknown {
  const read = readText(bytes);
  try {
    return JSON.parse('text' in read ? read.text : '');
  } catch {
    throw new ForedraftError('model-file-invalid', `${file} is not JSON: convert the model again.`, { file });
  }
}

/** Before all other fields: they differ between versions. */
function checkVersion(value: unknown, file: string): void {
  const parsed = v.safeParse(v.object({ formatVersion: v.number() }), value);
  if (!parsed.success || parsed.output.formatVersion === modelFormatVersion) return;
  const { formatVersion } = parsed.output;
  const command = `npm run -s convert -- FILE.gguf ${path.dirname(file)}`;
  throw new ForedraftError(
    'model-file-invalid',
    `${file} has format ${formatVersion}, and this version reads ${modelFormatVersion}: convert the model again (${command}).`,
    { file, formatVersion },
  );
}

function checked(value: unknown, file: string): ModelManifest {
  const parsed = v.safeParse(manifestSchema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new ForedraftError(
    'model-file-invalid',
    `${file} is not a model's manifest (${v.getDotPath(issue) ?? 'file'}: ${issue.message}): convert the model again.`,
    { file },
  );
}
