import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createOutputFolder, writeOutput } from '../../src-main/command-line/output-folder.ts';
import { parseComparisonJson } from '../../src-main/report/export/json.ts';
import { figuresOf } from '../../src-main/report/statistics-of-run.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';
import { defaultModelDirectory } from '../runtime/default-model.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';

const program = path.join(import.meta.dirname, '../../src-main/command-line/compare.ts');

function compare(strategies: string, ...options: string[]) {
  const folder = temporaryFolder();
  const file = path.join(folder, 'strategies.json');
  fs.writeFileSync(file, strategies);
  const args = [program, '--strategies', file, '--out', path.join(folder, 'out'), ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr: stderr.trim(), file, out: path.join(folder, 'out') };
}

const founding = [
  { kind: 'greedy' },
  { kind: 'beam', width: 4 },
  { kind: 'sampling' },
  { kind: 'candidate-set', policy: 'greedy' },
  { name: 'Set by beam', strategy: { kind: 'candidate-set' } },
  { kind: 'candidate-set', policy: 'sampling' },
];
const tale = ['--prompt', 'Once upon a time', '--raw', '--max-tokens', '12', '--repeat', '2', '--seed', '3'];

describe('the output folder', () => {
  test('files are replaced atomically, and an unwritable folder is refused in one sentence', () => {
    const folder = path.join(temporaryFolder(), 'new/one');
    createOutputFolder(folder);
    writeOutput(folder, 'a.txt', 'one');
    writeOutput(folder, 'a.txt', 'two');
    expect([fs.readdirSync(folder), fs.readFileSync(path.join(folder, 'a.txt'), 'utf8')]).toEqual([
      ['a.txt'],
      'two',
    ]);
    expect(() => writeOutput(path.join(folder, 'gone'), 'b.txt', 'three')).toThrow(
      /b\.txt can't be written \(.*\): files written earlier/,
    );
    expect(() => createOutputFolder(path.join(folder, 'a.txt/below'))).toThrow(
      /below can't be written .*--out/,
    );
  });
});

describe('compare', () => {
  test('writes four consistent files, and the same texts when run again', () => {
    const first = compare(JSON.stringify(founding), ...tale);
    expect([first.status, fs.readdirSync(first.out).sort()]).toEqual([
      0,
      ['comparison.csv', 'comparison.html', 'comparison.json', 'comparison.md'],
    ]);
    const comparison = parseComparisonJson(fs.readFileSync(path.join(first.out, 'comparison.json'), 'utf8'));
    const names = comparison.columns.map(({ name }) => name);
    expect(names.slice(3, 5)).toEqual(['4 candidate-set', 'Set by beam']);
    // Every column once, then again starting from the second one.
    const order = comparison.runs.map(({ columnId }) =>
      comparison.columns.findIndex(({ id }) => id === columnId),
    );
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 0]);
    for (const name of names) expect(first.stdout).toContain(name);
    expect(first.stdout).toMatch(/\nComputed by (Foredraft|ONNX Runtime)'s kernels: /);

    const endTokens = new Set(readManifest(defaultModelDirectory).endTokens);
    for (const run of comparison.runs) {
      const figures = figuresOf(run, endTokens);
      expect(run.status).toBe('done');
      expect(run.kernels).toEqual(comparison.runs[0]?.kernels);
      expect(run.kernels).not.toBeNull();
      expect(run.statistics?.outputTokens).toBe(figures.outputTokens);
      expect(run.statistics?.logProbabilitySum).toBeCloseTo(figures.logProbabilitySum, 9);
      expect(run.statistics?.perplexity).toBeCloseTo(figures.perplexity, 9);
      expect([run.statistics?.distinct, run.statistics?.repetition]).toEqual([
        figures.distinct,
        figures.repetition,
      ]);
    }
    const again = compare(JSON.stringify(founding), ...tale);
    const textsOf = (out: string) =>
      parseComparisonJson(fs.readFileSync(path.join(out, 'comparison.json'), 'utf8')).runs.map(
        ({ text }) => text,
      );
    expect(textsOf(again.out)).toEqual(textsOf(first.out));
  }, 180_000);

  test('a failed strategy is saved with its error, and the others continue', () => {
    const draft = { kind: 'auto', draftModel: 'absent' };
    const { status, stderr, stdout } = compare(
      JSON.stringify([draft, { kind: 'greedy' }]),
      ...tale.slice(0, 5),
    );
    expect(status).toBe(0);
    expect(stderr).toContain('The draft model absent is not installed');
    expect(stdout).toMatch(/1 auto +0 of 1 /);
    expect(stdout).toMatch(/2 greedy +1 /);
  });

  test.each([
    ['invalid JSON', '[', tale, 'is not JSON: it needs a list of strategies.'],
    ['no strategy', '[]', tale, 'needs a list of one strategy or more.'],
    [
      'an unknown kind',
      '[{"kind":"greedy"},{"kind":"guess"}]',
      tale,
      /Entry 2 of .*strategy needs a kind, one of auto/,
    ],
    [
      'too many',
      JSON.stringify(new Array(100).fill({ kind: 'greedy' })),
      tale,
      /columns can't be used: .*32/,
    ],
    ['no prompt', '[{"kind":"greedy"}]', [], 'Give either --prompt TEXT or --prompt-file FILE'],
    ['many repeats', '[{"kind":"greedy"}]', ['--prompt', 'x', '--repeat', '99'], "repeats can't be used"],
    [
      'a wrong number',
      '[{"kind":"greedy"}]',
      ['--prompt', 'x', '--seed', '1.5'],
      '--seed must be a whole number, not 1.5',
    ],
    [
      'a missing file',
      '[{"kind":"greedy"}]',
      ['--prompt-file', '/no/such/file'],
      "/no/such/file can't be read",
    ],
  ])('rejects %s in one sentence', (_name, strategies, options, sentence) => {
    const { status, stderr, out } = compare(strategies, ...options);
    expect(status).toBe(1);
    expect(stderr.split('\n')).toHaveLength(1);
    expect(stderr).toMatch(sentence);
    expect(fs.existsSync(out)).toBe(false);
  });
});
