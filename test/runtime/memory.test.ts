import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireAdapterMemory, requireMemory } from '../../src-main/runtime/memory.ts';

const gibibyte = 2 ** 30;
let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-memory-'));
  // Sparse: 4 GiB that take no space.
  for (const name of ['model.onnx', 'operators.onnx']) fs.writeFileSync(path.join(folder, name), '');
  fs.writeFileSync(path.join(folder, 'model.onnx.data'), '');
  fs.truncateSync(path.join(folder, 'model.onnx.data'), 4 * gibibyte);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('a model of 4 GiB', () => {
  test.each([
    [64, 5],
    [8, 4.5],
    [4.5, 4.25],
  ])('is loaded on a machine of %f GiB with %f free', (total, free) => {
    const memory = { total: total * gibibyte, free: free * gibibyte };
    expect(() => requireMemory(folder, 'Large', memory)).not.toThrow();
  });

  test.each([
    [64, 4.2, '4.2 of 64.0 GiB are free: close other programs, or choose a smaller model'],
    [8, 1, '1.0 of 8.0 GiB are free: close other programs, or choose a smaller model'],
    [8, 0, '0.0 of 8.0 GiB are free: close other programs, or choose a smaller model'],
    [4, 4, '4.0 of 4.0 GiB are free: choose a smaller model'],
    [2, 1.9, '1.9 of 2.0 GiB are free: choose a smaller model'],
  ])('is refused on a machine of %f GiB with %f free', (total, free, says) => {
    const memory = { total: total * gibibyte, free: free * gibibyte };
    expect(() => requireMemory(folder, 'Large', memory)).toThrow(
      expect.objectContaining({
        code: 'model-load-failed',
        message: `Large needs about 4.3 GiB of memory, and ${says}.`,
      }),
    );
  });

  test('takes the memory of its larger graph only', () => {
    const data = path.join(folder, 'operators.onnx.data');
    fs.writeFileSync(data, '');
    fs.truncateSync(data, gibibyte);
    const memory = { total: 8 * gibibyte, free: 4.5 * gibibyte };
    expect(() => requireMemory(folder, 'Large', memory)).not.toThrow();
    fs.rmSync(data);
  });
});

describe('its adapter of 1 GiB', () => {
  const operators = { kind: 'operators', instructionSet: 'avx512' } as const;
  const standard = { kind: 'standard', reason: 'forced' } as const;
  beforeAll(() => {
    for (const name of ['editor-model.onnx.data', 'editor-operators.onnx.data']) {
      fs.writeFileSync(path.join(folder, name), '');
      fs.truncateSync(path.join(folder, name), gibibyte);
    }
  });

  test.each([
    ['shares the weights that native operators have in memory', operators, 1.1],
    ['needs them once more on ONNX Runtime’s kernels', standard, 5.1],
  ])('%s', (_case, kernels, needed) => {
    const opened = (free: number) => () => {
      const memory = { total: 64 * gibibyte, free: free * gibibyte };
      requireAdapterMemory(folder, 'Large with editor', kernels, memory);
    };
    expect(opened(needed + 0.1)).not.toThrow();
    expect(opened(needed - 0.1)).toThrow(
      `Large with editor needs about ${needed} GiB of memory, and ${(needed - 0.1).toFixed(1)} of 64.0 GiB are free`,
    );
  });
});
