import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { ComparisonFormats, FileDialogs } from '../../src-main/comparisons/comparison-files.ts';
import { ComparisonFiles } from '../../src-main/comparisons/comparison-files.ts';
import type { Comparison } from '../../src-main/contract/comparison.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';
import { answerAtOnce, ended, failure, program, request } from './program.ts';

const asJson = (comparison: Comparison) => JSON.stringify(comparison);

/** Minimal formats: the real ones are tested with the reports. */
const formats: ComparisonFormats = {
  writers: {
    markdown: (comparison) => `# ${asJson(comparison)}`,
    html: (comparison) => `<p>${asJson(comparison)}`,
    csv: asJson,
    json: asJson,
  },
  parseJson: (text) => {
    if (text.startsWith('{"id":')) return JSON.parse(text) as Comparison;
    throw new ForedraftError('file-failed', 'The file holds no comparison: choose another one.');
  },
};

/** A finished comparison, and file dialogs that all return `file`. */
async function filed(file: string | undefined) {
  const all = program();
  answerAtOnce(all);
  const { id } = all.comparisons.start({ ...request, prompt: '../What: "is" this?\n', repeats: 2 });
  await ended(all);
  const dialogs = {
    askWhereTo: vi.fn<FileDialogs['askWhereTo']>().mockResolvedValue(file),
    askWhich: vi.fn<FileDialogs['askWhich']>().mockResolvedValue(file),
  };
  const files = new ComparisonFiles(all.comparisons, all.stores.comparisons, dialogs, formats);
  return { ...all, id, dialogs, files };
}

/** A comparison with each id replaced by the index of its first occurrence. */
function withoutIds(comparison: Comparison): unknown {
  const ids = [
    comparison.id,
    ...comparison.columns.map(({ id }) => id),
    ...comparison.runs.map(({ id }) => id),
  ];
  const numbers = new Map(ids.map((id, index) => [id, index]));
  return JSON.parse(JSON.stringify(comparison), (_, value: unknown) =>
    typeof value === 'string' ? (numbers.get(value) ?? value) : value,
  );
}

describe('exporting a comparison', () => {
  it.each([
    ['markdown', 'md'],
    ['html', 'html'],
    ['csv', 'csv'],
    ['json', 'json'],
  ] as const)('as %s suggests a name and writes to the chosen file', async (format, extension) => {
    const file = path.join(temporaryFolder(), `kept.${extension}`);
    const { files, id, dialogs } = await filed(file);
    expect(await files.export(id, format)).toBe(`kept.${extension}`);
    expect(dialogs.askWhereTo).toHaveBeenCalledExactlyOnceWith(`What is this.${extension}`, extension);
    expect(fs.readFileSync(file, 'utf8')).toContain('Text 3');
    expect(fs.readdirSync(path.dirname(file))).toEqual([`kept.${extension}`]);
  });

  it('writes one chart to the chosen file', async () => {
    const file = path.join(temporaryFolder(), 'speed.svg');
    const { files, dialogs } = await filed(file);
    expect(await files.saveChart('Speed: a/b', '<svg/>')).toBe('speed.svg');
    expect(dialogs.askWhereTo).toHaveBeenCalledExactlyOnceWith('Speed a b.svg', 'svg');
    expect(fs.readFileSync(file, 'utf8')).toBe('<svg/>');
  });

  it('writes nothing if the dialog is cancelled or the comparison does not exist', async () => {
    const { files, id, dialogs } = await filed(undefined);
    expect(await files.export(id, 'csv')).toBeNull();
    await expect(files.export(request.prompt, 'csv')).rejects.toThrow(failure('not-found'));
    expect(dialogs.askWhereTo).toHaveBeenCalledTimes(1);
  });

  it('reports a file that can’t be written, and leaves the existing one unchanged', async () => {
    const folder = temporaryFolder();
    const { files, id } = await filed(folder);
    fs.writeFileSync(path.join(folder, 'inside'), 'kept');
    await expect(files.export(id, 'csv')).rejects.toThrow(failure('file-failed'));
    expect(fs.readdirSync(folder)).toEqual(['inside']);
    expect(fs.existsSync(`${folder}.part`)).toBe(false);
  });
});

describe('importing a comparison', () => {
  it('from JSON creates a copy that is equal except for its ids', async () => {
    const { files, id, comparisons, stores } = await filed(path.join(temporaryFolder(), 'kept.json'));
    await files.export(id, 'json');
    const imported = await files.import();
    const original = comparisons.open(id);
    expect(imported?.id).not.toBe(id);
    expect(imported && withoutIds(imported)).toEqual(withoutIds(original));
    expect(withoutIds({ ...original, name: 'Another' })).not.toEqual(withoutIds(original));
    expect(stores.comparisons.list()).toHaveLength(2);
  });

  it('saves nothing if no file is chosen', async () => {
    const { files, stores } = await filed(undefined);
    expect(await files.import()).toBeNull();
    expect(stores.comparisons.list()).toHaveLength(1);
  });

  it.each([
    ['does not exist', undefined],
    ['is no JSON', 'no JSON'],
    ['is no comparison', '{"a": 1}'],
  ])('keeps nothing and says so where the file %s', async (_, text) => {
    const file = path.join(temporaryFolder(), 'odd.json');
    if (text !== undefined) fs.writeFileSync(file, text);
    const { files, stores } = await filed(file);
    await expect(files.import()).rejects.toThrow(failure('file-failed'));
    expect(stores.comparisons.list()).toHaveLength(1);
  });

  it('does not read a file that is far too large to be a comparison', async () => {
    const file = path.join(temporaryFolder(), 'large.json');
    fs.closeSync(fs.openSync(file, 'w'));
    fs.truncateSync(file, 300 * 1024 * 1024);
    const { files } = await filed(file);
    await expect(files.import()).rejects.toThrow(/larger than 256 MiB/);
  });
});
