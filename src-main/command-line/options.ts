import fs from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ForedraftError } from '../contract/error.ts';
import { notText, readText } from '../contract/text-file.ts';

/** @throws ForedraftError `settings-invalid` for an unknown option, or one without its value */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  parameters: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...parameters], options }).values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw invalidOption(`${sentence} (see --help).`);
  }
}

export function invalidOption(message: string): ForedraftError {
  return new ForedraftError('settings-invalid', message);
}

/** The text of the file that follows `option`, with \n as line end. @throws ForedraftError `file-failed` */
export function readOptionFile(file: string, option: string): string {
  let bytes: Uint8Array;
  try {
    bytes = fs.readFileSync(file);
  } catch {
    throw new ForedraftError('file-failed', `${file} can't be read: check the path after ${option}.`, {
      file,
    });
  }
  const read = readText(bytes);
  if ('text' in read) return read.text;
  throw notText(file, read.fault);
}
