import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { chooseKernels } from '../../src-main/runtime/kernels.ts';
import { onnxRuntimeLibrary } from '../../src-main/runtime/onnx-library.ts';
import { OperatorsLibrary, operatorsLibraryFile } from '../../src-main/runtime/operators-library.ts';

const withGraph = { operators: { cache: 'float16', weights: {} } } as const;
const instructionSets = new OperatorsLibrary(operatorsLibraryFile()).instructionSets();

const force = (name: string) => vi.stubEnv('FOREDRAFT_KERNELS', name);
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['no-graph', { operators: null }, 'cpu'],
  ['provider', withGraph, 'cuda'],
] as const)('standard kernels because of %s', (reason, manifest, provider) => {
  expect(chooseKernels(manifest, provider)).toEqual({ kind: 'standard', reason });
});

test('the fastest operators of the processor are chosen, if they are faster than plain ones', () => {
  force('');
  const [fastest] = instructionSets;
  expect(chooseKernels(withGraph, 'cpu')).toEqual(
    fastest === 'plain'
      ? { kind: 'standard', reason: 'processor' }
      : { kind: 'operators', instructionSet: fastest },
  );
});

test.each(instructionSets)('%s can be forced', (instructionSet) => {
  force(instructionSet);
  expect(chooseKernels(withGraph, 'cpu')).toEqual({ kind: 'operators', instructionSet });
});

test('standard kernels can be forced', () => {
  force('standard');
  expect(chooseKernels(withGraph, 'cpu')).toEqual({ kind: 'standard', reason: 'forced' });
});

test('forcing what the processor does not have is an error that names what it has', () => {
  force('sse9');
  expect(() => chooseKernels(withGraph, 'cpu')).toThrow(
    `FOREDRAFT_KERNELS is sse9, which this processor can't run: choose one of standard, ${instructionSets.join(', ')}.`,
  );
});

test('without the library of operators, standard kernels run', () => {
  const missing = path.join(os.tmpdir(), 'no-such-folder', 'libforedraft.so');
  expect(chooseKernels(withGraph, 'cpu', missing)).toEqual({ kind: 'standard', reason: 'library-missing' });
});

test('a file that is no library, or another one, is refused', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-kernels-'));
  const text = path.join(folder, 'libforedraft.so');
  fs.writeFileSync(text, 'not a library');
  for (const file of [text, onnxRuntimeLibrary()]) {
    expect(chooseKernels(withGraph, 'cpu', file)).toEqual({ kind: 'standard', reason: 'library-refused' });
  }
  fs.rmSync(folder, { recursive: true });
});

test('so is one that ONNX Runtime refuses', () => {
  force('');
  vi.spyOn(OperatorsLibrary.prototype, 'register').mockImplementation(() => {
    throw new Error('wrong version');
  });
  const expected = instructionSets[0] === 'plain' ? 'processor' : 'library-refused';
  expect(chooseKernels(withGraph, 'cpu')).toEqual({ kind: 'standard', reason: expected });
  vi.restoreAllMocks();
});
