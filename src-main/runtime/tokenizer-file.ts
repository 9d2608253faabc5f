import fs from 'node:fs';
import * as v from 'valibot';
import { ForedraftError } from '../contract/error.ts';
import { readText } from '../contract/text-file.ts';

const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));

/** The parts of a tokenizer.json that are checked here; the rest is passed to the library unchanged. */
const tokenizerFileSchema = v.looseObject({
  model: v.looseObject({ type: v.string(), vocab: v.record(v.string(), id), merges: v.array(v.unknown()) }),
  added_tokens: v.array(v.looseObject({ id, content: v.string(), special: v.boolean() })),
  /** Not of the format: tokens with the text of another one, which a map by text has no place for. */
  duplicate_entries: v.optional(v.array(v.object({ id, content: v.string() }))),
  pre_tokenizer: v.nullable(v.looseObject({ type: v.string() })),
  decoder: v.nullable(v.looseObject({ type: v.string() })),
});

export type TokenizerFile = v.InferOutput<typeof tokenizerFileSchema>;

function readFile(file: string): Uint8Array {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'model-missing',
      `The tokenizer ${file} can't be read (${cause}): install the model again.`,
      { file },
    );
  }
}

/**
 * Reads and checks a tokenizer.json of byte-level BPE.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-unsupported`
 */
export function readTokenizerFile(file: string): TokenizerFile {
  const read = readText(readFile(file));
  let parsed: unknown;
  try {
    parsed = JSON.parse('text' in read ? read.text : '');
  } catch {
    throw new ForedraftError(
      'model-file-invalid',
      `The tokenizer ${file} is not JSON: install the model again.`,
      {
        file,
      },
    );
  }
  const checked = v.safeParse(tokenizerFileSchema, parsed);
  if (!checked.success) {
    const issue = checked.issues[0];
    const place = v.getDotPath(issue) ?? 'the top level';
    throw new ForedraftError(
      'model-file-invalid',
      `The tokenizer ${file} is not as expected at ${place} (${issue.message}): install the model again.`,
      { file, place },
    );
  }
  // Not `checked.output`, which lacks tokens named `constructor` or `prototype`.
  const content = parsed as TokenizerFile;
  const { model, decoder } = content;
  if (model.type !== 'BPE' || decoder?.type !== 'ByteLevel') {
    throw new ForedraftError(
      'model-unsupported',
      `The tokenizer ${file} is of kind ${model.type} with decoder ${decoder?.type ?? 'none'}, and only byte-level BPE is supported: choose another model.`,
      { file, kind: model.type },
    );
  }
  return content;
}
