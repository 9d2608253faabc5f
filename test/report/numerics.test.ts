import { describe, expect, test } from 'vitest';
import { kernelsName, numericsOf, numericsSentence } from '../../src-main/report/numerics.ts';
import { platforms } from '../../native/platforms.ts';
import { sampleComparison, sampleRun } from './sample-run.ts';

const standard = { kind: 'standard', reason: 'processor' } as const;
const plain = { kind: 'operators', instructionSet: 'plain' } as const;

describe('the name of kernels', () => {
  test('is that of whoever wrote them, with the instruction set of the project’s', () => {
    expect(kernelsName(standard)).toBe('ONNX Runtime');
    expect(kernelsName(plain)).toBe('Foredraft (plain C)');
    expect(kernelsName({ kind: 'operators', instructionSet: 'avx1024' })).toBe('Foredraft (avx1024)');
  });

  test('has words for every instruction set that is built', () => {
    const built = Object.values(platforms).flatMap(({ paths }) => paths.map(([name]) => name));
    for (const instructionSet of built)
      expect(kernelsName({ kind: 'operators', instructionSet })).not.toContain(`(${instructionSet})`);
  });
});

describe('what the texts of a comparison depend on', () => {
  const kindOf = (...runs: Parameters<typeof sampleComparison>[0]) =>
    numericsOf(sampleComparison(runs))?.kind;

  test('is nothing if the project’s kernels computed all, whatever the instruction set', () => {
    expect(kindOf(sampleRun('a'), sampleRun('b', { kernels: plain }))).toBe('exact');
  });

  test('is the processor with ONNX Runtime’s, which alone older versions had', () => {
    expect(kindOf(sampleRun('a', { kernels: standard }), sampleRun('b', { kernels: null }))).toBe(
      'processor',
    );
  });

  test('is unknown before anything is computed', () => {
    const waiting = sampleRun('a', { status: 'waiting', tokens: [], kernels: null });
    expect(numericsOf(sampleComparison([waiting]))).toBeNull();
    expect(numericsSentence(sampleComparison([waiting]))).toBe('');
    expect(kindOf(waiting, sampleRun('b'))).toBe('exact');
  });

  test('is named by column if both kinds of kernels computed some', () => {
    const comparison = sampleComparison([
      sampleRun('a'),
      sampleRun('b', { kernels: standard }),
      sampleRun('c'),
      sampleRun('c', { repeat: 1, kernels: standard }),
    ]);
    expect(numericsSentence(comparison)).toBe(
      "Computed by different kernels, so texts may differ for that reason alone: a, c by Foredraft's; b, c by ONNX Runtime's.",
    );
  });
});
