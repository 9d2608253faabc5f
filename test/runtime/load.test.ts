import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { convert } from '../../src-main/convert/convert.ts';
import { sha256OfFile } from '../../src-main/runtime/file-hash.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { loadGraph } from '../../src-main/runtime/model-graph.ts';
import type { ModelManifest } from '../../src-main/runtime/manifest.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { SessionSequence } from '../../src-main/runtime/session-sequence.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';
import { operatorsAreOff } from './default-model.ts';

let directory: string;
let manifest: ModelManifest;

beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-load-'));
  directory = path.join(folder, 'model');
  writeGguf(path.join(folder, 'tiny.gguf'), tinyLlama());
  await convert({ source: path.join(folder, 'tiny.gguf'), target: directory, precision: '8-bit' });
  manifest = readManifest(directory);
});
afterAll(() => fs.rmSync(path.dirname(directory), { recursive: true }));

const write = (part: Partial<ModelManifest>) =>
  fs.writeFileSync(path.join(directory, 'model.json'), JSON.stringify({ ...manifest, ...part }));

describe('a hostile manifest', () => {
  const counts = [
    ...['contextLength', 'vocabularySize', 'layerCount', 'headCount', 'keyValueHeadCount'],
    ...['headSize', 'hiddenSize'],
  ];
  const values = [1e9, 1e15, Number.MAX_SAFE_INTEGER, 1e300, 0, -1, 0.5, null, '24', [24]];

  const sha256 = 'a'.repeat(64);

  test.each(counts)('is refused for its %s', async (name) => {
    for (const value of values) {
      write({ [name]: value });
      await expect(loadModel(directory, 'cpu'), JSON.stringify(value)).rejects.toMatchObject({
        name: 'ForedraftError',
        code: 'model-file-invalid',
        message: expect.stringContaining(name),
      });
    }
  });

  test.each([
    ['an end token that is no number', { endTokens: ['</s>'] }],
    ['a negative end token', { endTokens: [-1] }],
    ['a million end tokens', { endTokens: Array<number>(1_000_000).fill(1) }],
    ['a template that is no text', { chatTemplate: 5 }],
    ['files that are no record', { files: 'model.onnx' }],
    ['an unknown precision', { precision: '1-bit' }],
    ['operators with a weight count of 1e12', { operators: { cache: 'float16', weights: { Q4_0: 1e12 } } }],
    ['nothing about an adapter', { adapter: undefined }],
    ['an adapter that is no object', { adapter: 'editor' }],
    ['an adapter without a name', { adapter: { name: '', sha256, rank: 32 } }],
    ['an adapter with half a hash', { adapter: { name: 'editor', sha256: sha256.slice(32), rank: 32 } }],
    ['an adapter without a rank', { adapter: { name: 'editor', sha256 } }],
    ['an adapter of rank 0', { adapter: { name: 'editor', sha256, rank: 0 } }],
    ['an adapter of rank 1e9', { adapter: { name: 'editor', sha256, rank: 1e9 } }],
    ['nothing but its version', Object.fromEntries(counts.map((name) => [name, undefined]))],
  ])('is refused for %s', async (_case, part) => {
    write(part as Partial<ModelManifest>);
    await expect(loadModel(directory, 'cpu')).rejects.toMatchObject({ code: 'model-file-invalid' });
  });

  test.each([
    ['the longest context', { contextLength: 1 << 24 }],
    ['the most layers', { layerCount: 1024 }],
    ['the most heads', { headCount: 1024, keyValueHeadCount: 1024 }],
    ['the largest heads', { headSize: 4096 }],
    ['the largest vocabulary', { vocabularySize: 10_000_000 }],
    ['the widest hidden states', { hiddenSize: 1 << 20 }],
    [
      'all of these',
      {
        ...{ contextLength: 1 << 24, layerCount: 1024, headCount: 1024, keyValueHeadCount: 1024 },
        ...{ headSize: 4096, vocabularySize: 10_000_000, hiddenSize: 1 << 20 },
      },
    ],
  ])('that claims %s is loaded, or refused in a sentence', { timeout: 60_000 }, async (_case, part) => {
    write(part);
    await loadModel(directory, 'cpu').then(
      (model) => model.close(),
      (error: unknown) => expect(error).toMatchObject({ name: 'ForedraftError', code: 'model-load-failed' }),
    );
  });
});

const graphs = [
  ...(operatorsAreOff ? [] : [{ kernels: 'operators', graph: 'operators.onnx' }]),
  { kernels: 'standard', graph: 'model.onnx' },
];

describe.each(graphs)('on $kernels kernels', ({ kernels, graph }) => {
  beforeAll(() => {
    if (kernels === 'standard') vi.stubEnv('FOREDRAFT_KERNELS', 'standard');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  test.each([
    ['layers', { layerCount: 3 }],
    ['heads', { keyValueHeadCount: 4 }],
    ['size of a head', { headSize: 16 }],
    ['size of the vocabulary', { vocabularySize: 400 }],
    ['size of the hidden states', { hiddenSize: 65 }],
  ])('a graph that differs from the manifest in %s is rejected', async (_name, part) => {
    write(part);
    await expect(loadModel(directory, 'cpu')).rejects.toMatchObject({
      code: 'model-load-failed',
      message: expect.stringContaining('convert the model again') as string,
    });
    write({});
    (await loadModel(directory, 'cpu')).close();
  });

  test('an invalid graph is rejected with its file name', async () => {
    const file = path.join(directory, graph);
    const content = fs.readFileSync(file);
    fs.writeFileSync(file, 'nothing of the kind');
    write({ files: { ...manifest.files, [graph]: await sha256OfFile(file) } });
    await expect(loadModel(directory, 'cpu')).rejects.toMatchObject({
      code: 'model-load-failed',
      message: expect.stringContaining(file) as string,
    });
    fs.writeFileSync(file, content);
    write({});
  });

  test('the card names the kernels, the width rule and what the weights are held as', async () => {
    write({ operators: { cache: 'float16', weights: { Q8_0: 1, Q4_1: 14 } } });
    const model = await loadModel(directory, 'cpu');
    write({});
    model.close();
    expect(model.card.kernels.kind).toBe(kernels);
    expect(model.card.widthRule.kind === 'exact').toBe(kernels === 'operators');
    expect(model.card.precision).toBe(kernels === 'operators' ? 'Q4_1, Q8_0' : '8-bit');
  });
});

test('a sequence that fails to bind its inputs releases its run', async () => {
  const graph = await loadGraph(directory, manifest, { kind: 'standard', reason: 'forced' });
  const run = graph.session.createRun();
  vi.spyOn(run, 'bindInput').mockImplementation(() => {
    throw new Error('no such input');
  });
  const release = vi.spyOn(run, 'release');
  vi.spyOn(graph.session, 'createRun').mockReturnValue(run);
  expect(() => new SessionSequence(graph, manifest, { kind: 'paired' })).toThrow('no such input');
  expect(release).toHaveBeenCalledOnce();
  graph.session.release();
});
