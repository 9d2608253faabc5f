import fs from 'node:fs';
import { gguf } from '@huggingface/gguf';
import { ForedraftError } from '../contract/error.ts';
import { metadataKeys } from './metadata-keys.ts';
import { inspectedBytes, notGguf, requireReadableVersion } from './not-gguf.ts';
import type { TensorType } from './tensor-type/tensor-type.ts';
import { dequantize, tensorTypeOf } from './tensor-type/tensor-type.ts';

const magic = 'GGUF';
/** More than any known file has; bounds what a malicious header can request. */
const maxTensors = 100_000;

interface TensorEntry {
  readonly type: TensorType;
  /** Row-major, fastest dimension last: [rows, columns] for a matrix. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly bytes: number;
}

/** Metadata and tensors of a GGUF file, with offsets checked against the file size. */
export class GgufFile {
  readonly path: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly #tensors: ReadonlyMap<string, TensorEntry>;
  readonly #file: number;

  private constructor(path: string, metadata: Record<string, unknown>, tensors: Map<string, TensorEntry>) {
    this.path = path;
    this.#file = fs.openSync(path, 'r');
    this.metadata = metadata;
    this.#tensors = tensors;
  }

  /**
   * @throws ForedraftError `model-missing` if the file doesn't exist, `file-failed` if it isn't readable,
   * `model-file-invalid` if it is truncated or not GGUF, `model-unsupported` for an unknown tensor
   * type, another version or byte order, or a part of a split model
   */
  static async open(path: string): Promise<GgufFile> {
    const size = sizeOf(path);
    checkStart(path);
    const { metadata, tensorInfos, tensorDataOffset } = await parse(path);
    rejectPart(path, metadata);
    rejectRepeatedKeys(path);
    const start = Number(tensorDataOffset);
    const counted = Number(metadata['tensor_count']);
    // The parser reads zeros past the end of a truncated file.
    const whole = counted > 0 && counted === tensorInfos.length && start <= size;
    if (!whole || counted > maxTensors) throw truncated(path, 'its list of tensors');
    const tensors = new Map<string, TensorEntry>();
    for (const { name, dtype, shape, offset } of tensorInfos) {
      const sizes = shape.map(Number).reverse();
      const entry = entryOf(name, tensorTypeOf(dtype, name), sizes, start + Number(offset));
      if (tensors.has(name)) throw invalid(path, `has two tensors named ${name}: the file is damaged`);
      tensors.set(name, entry);
    }
    const needed = Math.max(...[...tensors.values()].map(({ offset, bytes }) => offset + bytes));
    if (!(needed <= size)) throw invalid(path, `has ${size} bytes of ${needed}: the file is truncated`);
    return new GgufFile(path, metadata, tensors);
  }

  has(tensor: string): boolean {
    return this.#tensors.has(tensor);
  }

  shape(tensor: string): readonly number[] {
    return this.#entry(tensor).shape;
  }

  type(tensor: string): TensorType {
    return this.#entry(tensor).type;
  }

  tensorNames(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  /** All values of the tensor, dequantized to float32. */
  read(tensor: string): Float32Array {
    const { type, shape } = this.#entry(tensor);
    return dequantize(type, this.readRows(tensor, 0, shape.length > 1 ? (shape[0] ?? 1) : 1));
  }

  /** Rows `first` to `first + count` of a matrix, in the file's encoding; a vector counts as one row. */
  readRows(tensor: string, first: number, count: number): Uint8Array {
    const { type, shape, offset } = this.#entry(tensor);
    const rowBytes = ((shape.at(-1) ?? 1) / type.blockLength) * type.blockBytes;
    const buffer = new Uint8Array(count * rowBytes);
    const start = offset + first * rowBytes;
    for (let done = 0; done < buffer.length;) {
      const read = fs.readSync(this.#file, buffer, done, buffer.length - done, start + done);
      if (read === 0) throw truncated(this.path, `tensor ${tensor}`);
      done += read;
    }
    return buffer;
  }

  /** Closes the file; reads fail afterwards. */
  close(): void {
    fs.closeSync(this.#file);
  }

  #entry(tensor: string): TensorEntry {
    const entry = this.#tensors.get(tensor);
    if (entry) return entry;
    throw new ForedraftError(
      'model-file-invalid',
      `${this.path} has no tensor ${tensor}: download the file again.`,
      { tensor },
    );
  }
}

function invalid(path: string, problem: string): ForedraftError {
  return new ForedraftError('model-file-invalid', `${path} ${problem}, download it again.`, { path });
}

function truncated(path: string, what: string): ForedraftError {
  return invalid(path, `ends inside ${what}: the file is truncated or damaged`);
}

function sizeOf(path: string): number {
  try {
    return fs.statSync(path).size;
  } catch {
    throw new ForedraftError('model-missing', `${path} doesn't exist: check the path.`, { path });
  }
}

function firstBytes(path: string, count: number): Buffer {
  const start = Buffer.alloc(count);
  try {
    const file = fs.openSync(path, 'r');
    try {
      return start.subarray(0, fs.readSync(file, start, 0, count, 0));
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'file-failed',
      `${path} can't be read (${cause}): check its permissions or choose another file.`,
      { path },
    );
  }
}

function checkStart(path: string): void {
  const start = firstBytes(path, inspectedBytes);
  if (start.subarray(0, magic.length).toString('latin1') !== magic) throw notGguf(path, start);
  requireReadableVersion(path, start);
}

/** @throws ForedraftError `model-unsupported` for one of several files of a model */
function rejectPart(path: string, metadata: Readonly<Record<string, unknown>>): void {
  const parts = Number(metadata['split.count'] ?? 0);
  if (!(parts > 1)) return;
  const part = Number(metadata['split.no'] ?? 0) + 1;
  throw new ForedraftError(
    'model-unsupported',
    `${path} is part ${part} of ${parts} of a split model: merge the parts with llama-gguf-split --merge, or choose a model in one file.`,
    { path, part, parts },
  );
}

/** @throws ForedraftError `model-file-invalid` for a key that occurs twice: which of its values holds is unknown */
function rejectRepeatedKeys(path: string): void {
  const known = new Set<string>();
  for (const key of metadataKeys(path)) {
    if (known.has(key)) throw invalid(path, `has two values of ${key}: the file is damaged`);
    known.add(key);
  }
}

async function parse(path: string) {
  try {
    const parsed = await gguf(path, { allowLocalFile: true });
    return { ...parsed, metadata: parsed.metadata as Record<string, unknown> };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'model-file-invalid',
      `${path} has an invalid header (${cause}): the file is truncated or damaged, download it again.`,
      { path },
    );
  }
}

function entryOf(name: string, type: TensorType, shape: readonly number[], offset: number): TensorEntry {
  const columns = shape.at(-1) ?? 1;
  const elements = shape.reduce((product, size) => product * size, 1);
  if (columns % type.blockLength !== 0 || !Number.isSafeInteger(elements) || elements <= 0) {
    throw new ForedraftError(
      'model-file-invalid',
      `Tensor ${name} of type ${type.name} has the invalid shape ${shape.join(' x ')}: download the file again.`,
      { tensor: name },
    );
  }
  return { type, shape, offset, bytes: (elements / type.blockLength) * type.blockBytes };
}
