import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import { sha256OfFile } from '../runtime/file-hash.ts';
import type { Decoder } from './decoder.ts';
import { layerMatrices } from './decoder.ts';
import type { GgufFile } from './gguf-file.ts';
import type { Matrix } from './matrix.ts';
import { scaledMatrix, tensorMatrix, unpermutedMatrix, valuesOf } from './matrix.ts';
import { numberOf, textOf } from './metadata.ts';
import { blockLength } from './quantize.ts';

/** A low-rank adapter (LoRA, Hu et al. 2021) of a decoder's linear layers, the head excepted. */
export interface Adapter {
  readonly name: string;
  /** SHA-256, hexadecimal, of its file. */
  readonly sha256: string;
  readonly rank: number;
  readonly layers: readonly AdapterLayer[];
}

/** What is added to the products of a layer of the decoder. */
export interface AdapterLayer {
  readonly queryKeyValue: LowRankProduct;
  readonly attentionOutput: LowRankProduct;
  readonly gateAndUp: LowRankProduct;
  readonly down: LowRankProduct;
}

/** x · Aᵀ · Bᵀ, added to x · Wᵀ. */
export interface LowRankProduct {
  /** [rank, inputs] */
  readonly a: Matrix;
  /** [outputs, rank]: one for each matrix of W, one below the other. The adapter's scale is part of them. */
  readonly b: readonly Matrix[];
}

/** The model that an adapter is converted with. */
export interface AdapterTarget {
  readonly decoder: Decoder;
  /** Path of its GGUF file, for messages, and the file's SHA-256. */
  readonly path: string;
  readonly sha256: string;
}

/** Settings that change nothing that is computed. */
const facts = ['adapter.type', 'adapter.lora.alpha', 'adapter.lora.task_name'];

/**
 * Reads an adapter in llama.cpp's format: `NAME.lora_a` and `NAME.lora_b` for each linear layer's tensor NAME. Matrices over
 * the same inputs must have the very same A, which is computed once.
 * @throws ForedraftError `model-unsupported` if it isn't one, or of another model; `model-file-invalid` if a part is missing
 */
export async function readAdapter(file: GgufFile, target: AdapterTarget): Promise<Adapter> {
  requireAdapterOf(file, target);
  const rank = rankOf(file, target.decoder);
  rejectUnknownTensors(file, target);
  const alpha = numberOf(file, 'adapter.lora.alpha');
  if (!(alpha > 0 && alpha < Infinity))
    throw unsupported(
      file,
      `has adapter.lora.alpha = ${alpha}, not a number above 0: export the adapter again`,
    );
  const product = (weights: readonly Matrix[]) => productOf(file, weights, rank, alpha / rank);
  return {
    name: textOf(file, 'general.name') || path.basename(file.path, path.extname(file.path)),
    sha256: await sha256OfFile(file.path),
    rank,
    layers: target.decoder.layers.map(({ queryKeyValue, attentionOutput, gateAndUp, down }) => ({
      queryKeyValue: product(queryKeyValue),
      attentionOutput: product([attentionOutput]),
      gateAndUp: product(gateAndUp),
      down: product([down]),
    })),
  };
}

function requireAdapterOf(file: GgufFile, { decoder, path: model, sha256 }: AdapterTarget): void {
  const remedy = 'choose a LoRA adapter in GGUF format';
  const expected = {
    'general.type': ['adapter', remedy],
    'adapter.type': ['lora', remedy],
    'general.architecture': [decoder.architecture, `choose an adapter of ${model}`],
    'foredraft.target.sha256': [
      sha256,
      `it was trained for another file than ${model}, choose the adapter of this one`,
    ],
  } as const;
  for (const [key, [value, advice]] of Object.entries(expected)) {
    const found = textOf(file, key);
    if (found !== value)
      throw unsupported(file, `has ${key} = ${found || '(none)'}, not ${value}: ${advice}`);
  }
  const unknown = Object.keys(file.metadata).find(
    (key) =>
      (key.startsWith('adapter.') || key.startsWith(`${decoder.architecture}.`)) && !facts.includes(key),
  );
  if (unknown !== undefined)
    throw unsupported(file, `has the setting ${unknown}, which isn't supported: choose another adapter`);
}

const partsOf = ({ name }: Matrix) => ({ a: `${name}.lora_a`, b: `${name}.lora_b` });

/** That of all parts; ONNX Runtime's and native/'s products need a multiple of a block. */
function rankOf(file: GgufFile, decoder: Decoder): number {
  const matrices = layerMatrices(decoder);
  const first = matrices[0] ? partsOf(matrices[0]).a : '';
  const rank = file.shape(first)[0] ?? 0;
  if (rank % blockLength !== 0)
    throw unsupported(
      file,
      `has the rank ${rank}, which isn't a multiple of ${blockLength}: train it with another rank`,
    );
  for (const matrix of matrices) {
    const { a, b } = partsOf(matrix);
    requireShape(file, a, [rank, matrix.columns]);
    requireShape(file, b, [matrix.rows, rank]);
  }
  return rank;
}

function requireShape(file: GgufFile, tensor: string, expected: readonly number[]): void {
  const found = file.shape(tensor).join(' x ');
  if (found === expected.join(' x ')) return;
  throw unsupported(
    file,
    `has ${tensor} of the shape ${found}, not ${expected.join(' x ')}: choose an adapter with one rank, made for this model`,
  );
}

/** A tensor that isn't used would be a part of the adapter that is left out. */
function rejectUnknownTensors(file: GgufFile, { decoder, path: model }: AdapterTarget): void {
  const known = new Set(layerMatrices(decoder).flatMap((matrix) => Object.values(partsOf(matrix))));
  const unknown = file.tensorNames().find((tensor) => !known.has(tensor));
  if (unknown !== undefined)
    throw unsupported(
      file,
      `has the tensor ${unknown}, which belongs to no linear layer of ${model}: choose another adapter`,
    );
}

function productOf(file: GgufFile, weights: readonly Matrix[], rank: number, scale: number): LowRankProduct {
  const [first, ...others] = weights.map((matrix) => partsOf(matrix).a);
  if (first === undefined) throw new RangeError('a linear layer has no weights');
  const other = others.find((tensor) => !sameValues(file, first, tensor, rank));
  if (other !== undefined)
    throw unsupported(
      file,
      `has another matrix in ${other} than in ${first}: train it with one A for layers over the same inputs`,
    );
  const b = weights.map((matrix) => {
    const { b: tensor } = partsOf(matrix);
    const ordered =
      matrix.interleaved === undefined
        ? tensorMatrix(file, tensor)
        : unpermutedMatrix(file, tensor, matrix.interleaved);
    return scale === 1 ? ordered : scaledMatrix(ordered, scale);
  });
  const product = { a: tensorMatrix(file, first), b };
  for (const matrix of [product.a, ...b]) requireFinite(file, matrix);
  return product;
}

function sameValues(file: GgufFile, one: string, other: string, rows: number): boolean {
  if (file.type(one) !== file.type(other)) return false;
  return Buffer.compare(file.readRows(one, 0, rows), file.readRows(other, 0, rows)) === 0;
}

function requireFinite(file: GgufFile, matrix: Matrix): void {
  for (const values of valuesOf([matrix])) {
    if (values.every(Number.isFinite)) continue;
    throw unsupported(
      file,
      `has ${matrix.name} with weights that aren't finite numbers: export the adapter again`,
    );
  }
}

function unsupported(file: GgufFile, problem: string): ForedraftError {
  return new ForedraftError('model-unsupported', `${file.path} ${problem}.`, { path: file.path });
}
