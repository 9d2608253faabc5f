import fs from 'node:fs/promises';
import path from 'node:path';
import type { Comparison, ExportFormat } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import { fileNameFrom } from '../contract/file-name.ts';
import { notText, readText } from '../contract/text-file.ts';
import type { ComparisonStore } from './comparison-store.ts';
import type { Comparisons } from './comparisons.ts';
import { writeWhole } from './write-whole.ts';

/** File dialogs; both resolve to a path, or to undefined if cancelled. */
export interface FileDialogs {
  /** `suggestion` is a file name that ends with `extension`, which has no dot. */
  askWhereTo(suggestion: string, extension: string): Promise<string | undefined>;
  askWhich(extension: string): Promise<string | undefined>;
}

const extensions: Readonly<Record<ExportFormat, string>> = {
  markdown: 'md',
  html: 'html',
  csv: 'csv',
  json: 'json',
};

/** How a comparison is written to each kind of file, and read from JSON. */
export interface ComparisonFormats {
  readonly writers: Readonly<Record<ExportFormat, (comparison: Comparison) => string>>;
  /** Keeps the ids of the file. @throws ForedraftError `file-failed` if `text` is not a comparison */
  readonly parseJson: (text: string) => Comparison;
}

/** Maximum size of an imported file, in bytes; a larger one would fill the memory. */
const maxFileBytes = 256 * 1024 * 1024;

/** Exports comparisons to files and imports them. */
export class ComparisonFiles {
  readonly #comparisons: Comparisons;
  readonly #store: ComparisonStore;
  readonly #dialogs: FileDialogs;
  readonly #formats: ComparisonFormats;

  constructor(
    comparisons: Comparisons,
    store: ComparisonStore,
    dialogs: FileDialogs,
    formats: ComparisonFormats,
  ) {
    this.#comparisons = comparisons;
    this.#store = store;
    this.#dialogs = dialogs;
    this.#formats = formats;
  }

  /**
   * Writes the comparison `id` to a file that the user chooses. Returns the file's name, or null if cancelled.
   * @throws ForedraftError `not-found`, `disk-full`, `file-failed`; an existing file is unchanged then
   */
  async export(id: string, format: ExportFormat): Promise<string | null> {
    const extension = extensions[format];
    const suggestion = `${fileNameFrom(this.#comparisons.open(id).name, 'Comparison')}.${extension}`;
    const file = await this.#dialogs.askWhereTo(suggestion, extension);
    if (file === undefined) return null;
    // Opened again: runs may have progressed while the dialog was open.
    await writeWhole(file, this.#formats.writers[format](this.#comparisons.open(id)));
    return path.basename(file);
  }

  /**
   * Writes the SVG source `svg` to a file that the user chooses. Returns the file's name, or null if cancelled.
   * @throws ForedraftError `disk-full`, `file-failed`
   */
  async saveChart(name: string, svg: string): Promise<string | null> {
    const file = await this.#dialogs.askWhereTo(`${fileNameFrom(name, 'Chart')}.svg`, 'svg');
    if (file === undefined) return null;
    await writeWhole(file, svg);
    return path.basename(file);
  }

  /**
   * Saves a comparison from a file that the user chooses; null if cancelled.
   * @throws ForedraftError `file-failed`, `disk-full`, `database-failed`; nothing is saved then
   */
  async import(): Promise<Comparison | null> {
    const file = await this.#dialogs.askWhich(extensions.json);
    if (file === undefined) return null;
    return this.#store.import(this.#formats.parseJson(await readWhole(file)));
  }
}

async function readWhole(file: string): Promise<string> {
  let bytes: Uint8Array | undefined;
  try {
    const { size } = await fs.stat(file);
    if (size <= maxFileBytes) bytes = await fs.readFile(file);
  } catch (error) {
    throw new ForedraftError(
      'file-failed',
      `${file} can't be read (${causeOf(error)}): choose another file.`,
      {
        file,
      },
    );
  }
  if (bytes !== undefined) {
    const read = readText(bytes);
    if ('text' in read) return read.text;
    throw notText(file, read.fault);
  }
  const message = `${file} is larger than ${maxFileBytes / 1024 / 1024} MiB, too much for a comparison: choose another file.`;
  throw new ForedraftError('file-failed', message, { file });
}

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
