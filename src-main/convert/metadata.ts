import { ForedraftError } from '../contract/error.ts';
import type { GgufFile } from './gguf-file.ts';

function invalid(file: GgufFile, key: string, expected: string): ForedraftError {
  return new ForedraftError(
    'model-file-invalid',
    `${file.path} has no ${expected} ${key}: the model is incomplete, download it again.`,
    { key },
  );
}

/** @throws ForedraftError `model-file-invalid` if it is missing or not a number */
export function numberOf(file: GgufFile, key: string): number {
  const value = optionalNumberOf(file, key);
  if (value === undefined) throw invalid(file, key, 'number');
  return value;
}

/** Returns undefined if the key is missing. */
export function optionalNumberOf(file: GgufFile, key: string): number | undefined {
  const value = file.metadata[key];
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

/** @throws ForedraftError `model-file-invalid` if it is not an integer from 1 to `largest` */
export function sizeOf(file: GgufFile, key: string, largest = 1_000_000): number {
  const value = numberOf(file, key);
  if (Number.isInteger(value) && value >= 1 && value <= largest) return value;
  throw invalid(file, key, `integer from 1 to ${largest} named`);
}

/** Returns '' if the key is missing. */
export function textOf(file: GgufFile, key: string): string {
  const value = file.metadata[key];
  return typeof value === 'string' ? value : '';
}

/** @throws ForedraftError `model-file-invalid` if it is missing or not a list of strings */
export function textsOf(file: GgufFile, key: string): readonly string[] {
  const value = file.metadata[key];
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw invalid(file, key, 'list of strings');
}

/** @throws ForedraftError `model-file-invalid` if it is missing or not a list of numbers */
export function numbersOf(file: GgufFile, key: string): readonly number[] {
  const value = file.metadata[key];
  if (Array.isArray(value) && value.every((item): item is number => typeof item === 'number')) return value;
  throw invalid(file, key, 'list of numbers');
}
