import fs from 'node:fs';
import { gguf } from '@huggingface/gguf';
import { ForedraftError } from '../contract/error.ts';
import type { TensorType } from './tensor-type/tensor-type.ts';
import { dequantize, tensorTypeOf } from './tensor-type/tensor-type.ts';

const magic = 'GGUF';
/** Above every file seen; keeps a hostile header from asking for more. */
const mostTensors = 100_000;

interface TensorPlace {
  readonly type: TensorType;
  /** Sizes, the fastest-changing last: [rows, columns] for a matrix. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly bytes: number;
}

/** A GGUF file's metadata and tensors, checked against the file's size. */
export class GgufFile {
  readonly path: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly #tensors: ReadonlyMap<string, TensorPlace>;
  readonly #file: number;

  private constructor(path: string, metadata: Record<string, unknown>, tensors: Map<string, TensorPlace>) {
    this.path = path;
    this.#file = fs.openSync(path, 'r');
    this.metadata = metadata;
    this.#tensors = tensors;
  }

  /**
   * @throws ForedraftError `model-missing` without the file, `file-failed` where it may not be read,
   * `model-file-invalid` where it is truncated or something else, `model-unsupported` for a tensor type that
   * can't be read
   */
  static async open(path: string): Promise<GgufFile> {
    const size = sizeOf(path);
    checkMagic(path);
    const { metadata, tensorInfos, tensorDataOffset } = await parse(path);
    const start = Number(tensorDataOffset);
    const counted = Number(metadata['tensor_count']);
    // The parser takes what lies beyond the end of a short file for zeros.
    const whole = counted > 0 && counted === tensorInfos.length && start <= size;
    if (!whole || counted > mostTensors) throw truncated(path, 'its list of tensors');
    const tensors = new Map<string, TensorPlace>();
    for (const { name, dtype, shape, offset } of tensorInfos) {
      const sizes = shape.map(Number).reverse();
      const place = placeOf(name, tensorTypeOf(dtype, name), sizes, start + Number(offset));
      if (!(place.offset + place.bytes <= size)) throw truncated(path, `tensor ${name}`);
      tensors.set(name, place);
    }
    return new GgufFile(path, metadata, tensors);
  }

  has(tensor: string): boolean {
    return this.#tensors.has(tensor);
  }

  shape(tensor: string): readonly number[] {
    return this.#place(tensor).shape;
  }

  /** Names of the tensor's type, for a record of where weights came from. */
  typeName(tensor: string): string {
    return this.#place(tensor).type.name;
  }

  tensorNames(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  /** The tensor's values as float32, in the order of the file. */
  read(tensor: string): Float32Array {
    const { shape } = this.#place(tensor);
    return this.readRows(tensor, 0, shape.length > 1 ? (shape[0] ?? 1) : 1);
  }

  /** Rows `first` to `first + count` of a matrix, or of a vector as the one row that it is. */
  readRows(tensor: string, first: number, count: number): Float32Array {
    const { type, shape, offset } = this.#place(tensor);
    const rowBytes = ((shape.at(-1) ?? 1) / type.blockLength) * type.blockBytes;
    const buffer = new Uint8Array(count * rowBytes);
    const start = offset + first * rowBytes;
    for (let done = 0; done < buffer.length;) {
      const read = fs.readSync(this.#file, buffer, done, buffer.length - done, start + done);
      if (read === 0) throw truncated(this.path, `tensor ${tensor}`);
      done += read;
    }
    return dequantize(type, buffer);
  }

  /** Closes the file; nothing can be read after that. */
  close(): void {
    fs.closeSync(this.#file);
  }

  #place(tensor: string): TensorPlace {
    const place = this.#tensors.get(tensor);
    if (place) return place;
    throw new ForedraftError(
      'model-file-invalid',
      `${this.path} lacks tensor ${tensor}: fetch the file again.`,
      {
        tensor,
      },
    );
  }
}

function truncated(path: string, what: string): ForedraftError {
  return new ForedraftError(
    'model-file-invalid',
    `${path} ends inside ${what}: the file is incomplete or damaged, fetch it again.`,
    { path },
  );
}

function sizeOf(path: string): number {
  try {
    return fs.statSync(path).size;
  } catch {
    throw new ForedraftError('model-missing', `${path} is not there: check the path.`, { path });
  }
}

function firstBytes(path: string, count: number): Buffer {
  const start = Buffer.alloc(count);
  try {
    const file = fs.openSync(path, 'r');
    try {
      fs.readSync(file, start, 0, count, 0);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'file-failed',
      `${path} can't be read (${cause}): choose a GGUF file that may be read.`,
      { path },
    );
  }
  return start;
}

function checkMagic(path: string): void {
  if (firstBytes(path, magic.length).toString('latin1') === magic) return;
  throw new ForedraftError(
    'model-file-invalid',
    `${path} is not a GGUF file: choose one that ends in .gguf.`,
    {
      path,
    },
  );
}

async function parse(path: string) {
  try {
    const parsed = await gguf(path, { allowLocalFile: true });
    return { ...parsed, metadata: parsed.metadata as Record<string, unknown> };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'model-file-invalid',
      `${path} has a header that can't be read (${cause}): the file is incomplete or damaged, fetch it again.`,
      { path },
    );
  }
}

function placeOf(name: string, type: TensorType, shape: readonly number[], offset: number): TensorPlace {
  const columns = shape.at(-1) ?? 1;
  const elements = shape.reduce((product, size) => product * size, 1);
  if (columns % type.blockLength !== 0 || !Number.isSafeInteger(elements) || elements <= 0) {
    throw new ForedraftError(
      'model-file-invalid',
      `Tensor ${name} of type ${type.name} has the impossible shape ${shape.join(' x ')}: fetch the file again.`,
      { tensor: name },
    );
  }
  return { type, shape, offset, bytes: (elements / type.blockLength) * type.blockBytes };
}
