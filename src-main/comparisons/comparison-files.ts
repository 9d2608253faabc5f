import fs from 'node:fs/promises';
import path from 'node:path';
import type { Comparison, ExportFormat } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ComparisonHistory } from './comparisons-history.ts';
import type { Comparisons } from './comparisons.ts';

/** How a person is asked for a file; both give its path, or undefined where the person thought better of it. */
export interface FileDialogs {
  /** `suggestion` is a file name whose ending is `extension`, without the dot. */
  askWhereTo(suggestion: string, extension: string): Promise<string | undefined>;
  askWhich(extension: string): Promise<string | undefined>;
}

const extensions: Readonly<Record<ExportFormat, string>> = {
  markdown: 'md',
  html: 'html',
  csv: 'csv',
  json: 'json',
};

/** What a comparison looks like in each kind of file, and how it is read again. */
export interface ComparisonFormats {
  readonly writers: Readonly<Record<ExportFormat, (comparison: Comparison) => string>>;
  /** Ids are taken as they are. @throws ForedraftError `file-failed` where `text` is no comparison */
  readonly parseJson: (text: string) => Comparison;
}

/** Largest file that is read, in bytes: more is no comparison, and would fill the memory. */
const largestFile = 256 * 1024 * 1024;

/** Takes comparisons away as files, and brings them back. */
export class ComparisonFiles {
  readonly #comparisons: Comparisons;
  readonly #history: ComparisonHistory;
  readonly #dialogs: FileDialogs;
  readonly #formats: ComparisonFormats;

  constructor(
    comparisons: Comparisons,
    history: ComparisonHistory,
    dialogs: FileDialogs,
    formats: ComparisonFormats,
  ) {
    this.#comparisons = comparisons;
    this.#history = history;
    this.#dialogs = dialogs;
    this.#formats = formats;
  }

  /**
   * Writes the comparison `id` where a person says, and returns the file's name; null where nobody did.
   * @throws ForedraftError `not-found`, `disk-full`, `file-failed`; a file that was there stays then
   */
  async export(id: string, format: ExportFormat): Promise<string | null> {
    const extension = extensions[format];
    const suggestion = `${fileNameFrom(this.#comparisons.open(id).name)}.${extension}`;
    const file = await this.#dialogs.askWhereTo(suggestion, extension);
    if (file === undefined) return null;
    // As it is now: a run may have gone on while the person was choosing.
    await writeWhole(file, this.#formats.writers[format](this.#comparisons.open(id)));
    return path.basename(file);
  }

  /**
   * Writes the SVG source `svg` where a person says, and returns the file's name; null where nobody did.
   * @throws ForedraftError `disk-full`, `file-failed`
   */
  async saveChart(name: string, svg: string): Promise<string | null> {
    const file = await this.#dialogs.askWhereTo(`${fileNameFrom(name)}.svg`, 'svg');
    if (file === undefined) return null;
    await writeWhole(file, svg);
    return path.basename(file);
  }

  /**
   * Keeps a comparison from a file that a person chooses; null where nobody does.
   * @throws ForedraftError `file-failed`, `disk-full`, `database-failed`; nothing is kept then
   */
  async import(): Promise<Comparison | null> {
    const file = await this.#dialogs.askWhich(extensions.json);
    if (file === undefined) return null;
    return this.#history.importComparison(this.#formats.parseJson(await readWhole(file)));
  }
}

/** A name for a file that every system takes. */
function fileNameFrom(name: string): string {
  const safe = name.replace(/[\p{C}\\/:*?"<>|.\s]+/gu, ' ').trim();
  return [...safe].slice(0, 60).join('').trim() || 'Comparison';
}

/** Writes beside `file` first, so that it is there whole or as it was. */
async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.part`;
  try {
    await fs.writeFile(beside, text);
    await fs.rename(beside, file);
  } catch (error) {
    await fs.rm(beside, { force: true }).catch(() => undefined);
    const full = causeOf(error).includes('ENOSPC');
    throw new ForedraftError(
      full ? 'disk-full' : 'file-failed',
      full
        ? `The disk of ${file} is full: make room there or choose another folder, then export again.`
        : `${file} can't be written (${causeOf(error)}): choose another folder.`,
      { file },
    );
  }
}

async function readWhole(file: string): Promise<string> {
  try {
    const { size } = await fs.stat(file);
    if (size <= largestFile) return await fs.readFile(file, 'utf8');
  } catch (error) {
    throw new ForedraftError(
      'file-failed',
      `${file} can't be read (${causeOf(error)}): choose another file.`,
      {
        file,
      },
    );
  }
  const message = `${file} is larger than ${largestFile / 1024 / 1024} MiB, too much for a comparison: choose another file.`;
  throw new ForedraftError('file-failed', message, { file });
}

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
