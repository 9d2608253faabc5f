import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { comparisonJson, parseComparisonJson } from '../../../src-main/report/export/json.ts';
import { upgradeVersion1 } from '../../../src-main/report/export/json-version-1.ts';
import { anyStatistics, anyToken, anyTraceEvent } from '../../comparisons/comparison-samples.ts';
import { sampleRun, tokensOf } from '../sample-run.ts';
import { wholeComparison } from './sample.ts';

describe('a comparison as JSON', () => {
  test('round-trips every field, including numbers that JSON cannot represent', () => {
    const runs = fc.array(
      fc.record({
        tokens: fc.array(anyToken, { maxLength: 4 }),
        trace: fc.array(anyTraceEvent, { maxLength: 4 }),
        statistics: fc.option(anyStatistics),
        text: fc.string({ unit: 'binary' }),
      }),
      { maxLength: 3 },
    );
    const content = fc.string({ unit: 'binary' });
    const earlierMessages = fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), content }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(runs, fc.string({ unit: 'binary' }), earlierMessages, (list, prompt, earlier) => {
        const comparison = wholeComparison({
          prompt,
          ...(earlier.length > 0 && { earlier }),
          runs: list.map(({ tokens, ...rest }, repeat) =>
            sampleRun('a', {
              ...rest,
              repeat,
              tokens: tokens.map((token, position) => ({ ...token, position })),
            }),
          ),
        });
        expect(parseComparisonJson(comparisonJson(comparison))).toEqual(comparison);
      }),
    );
  });

  test('round-trips an error with its details', () => {
    const error = { code: 'prompt-too-long', message: 'Too long.', details: { tokens: 9000 } } as const;
    const comparison = wholeComparison({
      runs: [sampleRun('a', { status: 'failed', error, statistics: null })],
    });
    expect(parseComparisonJson(comparisonJson(comparison))).toEqual(comparison);
  });

  test('round-trips the kernels of each run; a file without them had ONNX Runtime’s only', () => {
    const standard = { kind: 'standard', reason: 'library-missing' } as const;
    const runs = [sampleRun('a'), sampleRun('b', { kernels: standard }), sampleRun('b', { kernels: null })];
    const comparison = wholeComparison({ runs });
    const written = comparisonJson(comparison);
    expect(parseComparisonJson(written)).toEqual(comparison);
    const older = JSON.stringify(JSON.parse(written), (name, value: unknown) =>
      name === 'kernels' ? undefined : value,
    );
    const read = parseComparisonJson(older).runs;
    expect(read.map(({ kernels }) => kernels)).toEqual([null, null, null]);
    expect(() => parseComparisonJson(written.replace('library-missing', 'magic'))).toThrow('is damaged');
  });

  test('round-trips the adapter of each run; a file without it had none', () => {
    const runs = [sampleRun('a', { adapter: 'editor' }), sampleRun('b', { adapter: 'editor' })];
    const comparison = wholeComparison({ runs });
    const written = comparisonJson(comparison);
    expect(parseComparisonJson(written)).toEqual(comparison);
    const older = written.replaceAll(/ *"adapter": "editor",\n/g, '');
    expect(older).not.toContain('adapter');
    expect(parseComparisonJson(older).runs.map(({ adapter }) => adapter)).toEqual([null, null]);
    expect(() => parseComparisonJson(written.replace('"editor"', '7'))).toThrow('is damaged');
  });

  const mebibyte = 1024 * 1024;
  const long = (unit: string, length = 4 * mebibyte) => unit.repeat(length / unit.length);
  const named = '{"format":"foredraft-comparison","version":2,"comparison":';

  test.each([
    ['250 MB of empty objects', long('{}', 250 * mebibyte)],
    ['empty objects in a list', `[${long('{},')}{}]`],
    ['empty lists', `[${long('[],')}[]]`],
    ['nested lists', `${long('[')}${long(']')}`],
    ['nested objects', `${long('{"":')}0${long('}')}`],
    ['a comparison of empty objects', `${named}[${long('{},')}{}]}`],
    ['a comparison of empty lists', `${named}[${long('[],')}[]]}`],
    ['a comparison of nested lists', `${named}${long('[')}${long(']')}}`],
    ['numbers', `[${long('0,')}0]`],
    ['text', `"${long('words ')}"`],
    ['blanks', long(' ')],
    ['zeros', long('\0')],
  ])('refuses a long file of %s without parsing it', (_case, text) => {
    const parse = vi.spyOn(JSON, 'parse');
    expect(() => parseComparisonJson(text)).toThrow(expect.objectContaining({ code: 'file-failed' }));
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  test('reads a long one, also of braces, without line breaks', () => {
    const tokens = Array.from({ length: 30_000 }, (_, position) => ({
      ...tokensOf('{')[0]!,
      position,
    }));
    const comparison = wholeComparison({ prompt: '{[()]}'.repeat(500), runs: [sampleRun('a', { tokens })] });
    const text = JSON.stringify(JSON.parse(comparisonJson(comparison)));
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(parseComparisonJson(text)).toEqual(comparison);
  });

  test('reads format version 1, with the names of that time', () => {
    const step = (type: 'beam-step' | 'candidate-round') => ({ type, nodes: [] }) as const;
    const comparison = wholeComparison({
      columns: [
        { id: 'a', name: 'Beam', strategy: parseStrategy({ kind: 'beam', width: 2 }) },
        { id: 'b', name: 'Set', strategy: parseStrategy({ kind: 'candidate-set' }) },
        { id: 'c', name: 'Draft', strategy: parseStrategy({ kind: 'speculative', draftLength: 4 }) },
        { id: 'd', name: 'Drawn', strategy: parseStrategy({ kind: 'sampling', penaltyWindow: 64 }) },
      ],
      runs: [
        sampleRun('a', { trace: [step('beam-step')] }),
        sampleRun('b', { trace: [step('candidate-round')] }),
        sampleRun('c', {
          tokens: tokensOf('a').map((token) => ({ ...token, origin: 'recovered' as const })),
        }),
      ],
    });
    const written = comparisonJson(comparison);
    const version1 = written
      .replace('"version": 3', '"version": 1')
      .replaceAll('"draftLength"', '"lookahead"')
      .replaceAll('"penaltyWindow"', '"penaltyRange"')
      .replaceAll('"recovered"', '"corrected"')
      .replace(/"(beam-step|candidate-round)"/g, '"beams"');
    for (const name of ['lookahead', 'penaltyRange', 'corrected', 'beams'])
      expect(version1).toContain(`"${name}"`);
    expect(parseComparisonJson(version1)).toEqual(comparison);
    // Control: version 2 has none of these names.
    expect(() => parseComparisonJson(version1.replace('"version": 1', '"version": 2'))).toThrow('is damaged');
  });

  test('reads format version 2, whose searches on standard kernels had approximate figures', () => {
    const strategies = ['beam', 'candidate-set', 'contrastive', 'greedy', 'auto'] as const;
    const operators = { kind: 'operators', instructionSet: 'avx2' } as const;
    const standard = { kind: 'standard', reason: 'no-graph' } as const;
    const kernels = [operators, standard, null];
    const comparison = wholeComparison({
      columns: strategies.map((kind) => ({ id: kind, name: kind, strategy: parseStrategy({ kind }) })),
      runs: strategies.flatMap((kind) =>
        kernels.map((used, repeat) => sampleRun(kind, { repeat, kernels: used })),
      ),
    });
    const version2 = comparisonJson(comparison).replace('"version": 3', '"version": 2');
    for (const [index, run] of parseComparisonJson(version2).runs.entries()) {
      const before = comparison.runs[index]!;
      if (['greedy', 'auto'].includes(run.columnId) || run.kernels?.kind === 'operators') {
        expect(run).toEqual(before);
        continue;
      }
      expect(run.tokens).toEqual(before.tokens.map((token) => ({ ...token, approximate: true })));
      expect(run.statistics).toEqual({ ...before.statistics, approximateTokens: before.tokens.length });
    }
    expect(parseComparisonJson(comparisonJson(comparison))).toEqual(comparison);
  });

  test.each([0, -1, 1.5, NaN])('has no format version %s', (number) => {
    const text = comparisonJson(wholeComparison()).replace(
      '"version": 3',
      `"version": ${JSON.stringify(number)}`,
    );
    expect(() => parseComparisonJson(text)).toThrow(/format version|wasn't exported/);
  });

  test.each(['constructor', 'toString', '__proto__'])('keeps a setting %s of version 1', (name) => {
    const policy = JSON.parse(`{"${name}": 7, "penaltyRange": 64}`) as object;
    const columns = [{ id: 'a', strategy: { kind: 'speculative', policy } }];
    const expected = JSON.parse(`{"${name}": 7, "penaltyWindow": 64}`) as object;
    expect(JSON.stringify(upgradeVersion1({ columns, runs: [] }))).toBe(
      JSON.stringify({
        columns: [{ id: 'a', strategy: { kind: 'speculative', policy: expected } }],
        runs: [],
      }),
    );
  });

  const damaged = (change: (text: string) => string) => change(comparisonJson(wholeComparison()));
  test.each([
    ['not JSON', 'Dear reader', 'it is not JSON'],
    ['other JSON', '{"name":"x"}', "it wasn't exported by Foredraft"],
    ['truncated', damaged((text) => text.slice(0, 200)), 'it is not JSON'],
    [
      'of a later version',
      damaged((text) => text.replace('"version": 3', '"version": 7')),
      'format version 7',
    ],
    ['of the wrong kind', damaged((text) => text.replace('"seed": 5', '"seed": "five"')), 'seed is damaged'],
    ['with an unknown strategy', damaged((text) => text.replace('"beam"', '"beem"')), 'is damaged'],
  ])('that is %s is rejected in one sentence', (_name, text, reason) => {
    expect(() => parseComparisonJson(text)).toThrow(reason);
    expect(() => parseComparisonJson(text)).toThrow(/^The file can't be read as a comparison: .*\.$/);
  });
});
