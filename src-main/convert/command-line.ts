import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ForedraftError } from '../contract/error.ts';
import type { ConvertRequest } from './convert.ts';
import { convert } from './convert.ts';
import { cacheTypes } from './operator-set/native-operators.ts';
import { precisions } from './weight-format.ts';

const help = `Converts a GGUF model to an ONNX model folder for Foredraft.

  npm run -s convert -- FILE.gguf FOLDER [options]

  --precision P   of the standard graph: ${precisions.join(', ')} (default: 8-bit); the graph with native
                  operators keeps the file's own formats
  --cache T       key-value cache with native operators: ${cacheTypes.join(', ')} (default: float16)
  --adapter FILE  a LoRA adapter in GGUF format, made for this model: adds the graphs with it
  --id ID         model id (default: from the file name)
  --name NAME     display name (default: from the file's metadata)
  --licence L     licence (default: from the file's metadata)
  --help          show this help
`;

function settingsError(message: string): ForedraftError {
  return new ForedraftError('settings-invalid', message);
}

/** Returns undefined if --help was given. */
function requestOf(argv: readonly string[]): ConvertRequest | undefined {
  const text = { type: 'string' } as const;
  const { values, positionals } = parse(argv, text);
  if (values.help === true) return undefined;
  const [source, target, surplus] = positionals;
  if (source === undefined || target === undefined || surplus !== undefined) {
    throw settingsError('convert takes a GGUF file and a target folder: see --help.');
  }
  const precision = precisions.find((known) => known === (values.precision ?? '8-bit'));
  if (precision === undefined) {
    throw settingsError(`--precision is ${values.precision}, but must be one of ${precisions.join(', ')}.`);
  }
  const cache = cacheTypes.find((known) => known === (values.cache ?? 'float16'));
  if (cache === undefined) {
    throw settingsError(`--cache is ${values.cache}, but must be one of ${cacheTypes.join(', ')}.`);
  }
  const { adapter, id, name, licence } = values;
  return {
    source,
    target,
    precision,
    cache,
    onProgress: showProgress,
    ...(adapter === undefined ? {} : { adapter }),
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(licence === undefined ? {} : { licence }),
  };
}

function parse(argv: readonly string[], text: { readonly type: 'string' }) {
  const help = { type: 'boolean' } as const;
  const options = { precision: text, cache: text, adapter: text, id: text, name: text, licence: text, help };
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    throw settingsError(`${error instanceof Error ? error.message : String(error)}: see --help.`);
  }
}

/** For example `  156.5 MB  model.onnx.data`. */
function sizeOf(file: string): string {
  const megabytes = (fs.statSync(file).size / 1e6).toFixed(1);
  return `${megabytes.padStart(9)} MB  ${path.basename(file)}`;
}

let shown = -1;

/** Updates one line in a terminal; otherwise prints a line every 10%. */
function showProgress(share: number): void {
  const percent = Math.floor(100 * share);
  const terminal = process.stderr.isTTY;
  if (percent === shown || (!terminal && Math.floor(percent / 10) === Math.floor(shown / 10))) return;
  shown = percent;
  process.stderr.write(terminal ? `\rConverting: ${percent}%` : `Converting: ${percent}%\n`);
  if (terminal && percent === 100) process.stderr.write('\n');
}

try {
  const request = requestOf(process.argv.slice(2));
  if (request) {
    const onNotice = (sentence: string) => void process.stderr.write(`${sentence}\n`);
    const { name, precision, files } = await convert({ ...request, onNotice });
    process.stdout.write(`Converted ${name} (${precision}) to ${request.target}\n`);
    for (const file of Object.keys(files))
      process.stdout.write(`${sizeOf(path.join(request.target, file))}\n`);
  } else {
    process.stdout.write(help);
  }
} catch (error) {
  if (!(error instanceof ForedraftError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
