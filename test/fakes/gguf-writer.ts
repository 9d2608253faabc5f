import fs from 'node:fs';

export type MetadataValue =
  number | { readonly float: number } | boolean | string | readonly string[] | readonly number[];

export interface GgufTensor {
  /** Row-major: [rows, columns]. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** Written in place of the values: blocks of another ggml_type. */
  readonly encoded?: { readonly type: number; readonly bytes: Uint8Array };
}

export interface GgufContent {
  readonly metadata: Readonly<Record<string, MetadataValue>>;
  readonly tensors: Readonly<Record<string, GgufTensor>>;
}

const valueTypes = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const alignment = 32;

function numberBytes(size: 4 | 8, value: number, write: 'uint' | 'int' | 'float' = 'uint'): Buffer {
  const bytes = Buffer.alloc(size);
  if (size === 8) bytes.writeBigUInt64LE(BigInt(value));
  else if (write === 'uint') bytes.writeUInt32LE(value);
  else if (write === 'int') bytes.writeInt32LE(value);
  else bytes.writeFloatLE(value);
  return bytes;
}

function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([numberBytes(8, bytes.length), bytes]);
}

function valueBytes(value: MetadataValue): Buffer {
  if (typeof value === 'number')
    return Buffer.concat([numberBytes(4, valueTypes.uint32), numberBytes(4, value)]);
  if (typeof value === 'boolean') {
    return Buffer.concat([numberBytes(4, valueTypes.bool), Buffer.from([value ? 1 : 0])]);
  }
  if (typeof value === 'string') return Buffer.concat([numberBytes(4, valueTypes.string), textBytes(value)]);
  if ('float' in value) {
    return Buffer.concat([numberBytes(4, valueTypes.float32), numberBytes(4, value.float, 'float')]);
  }
  const texts = typeof value[0] !== 'number';
  return Buffer.concat([
    numberBytes(4, valueTypes.array),
    numberBytes(4, texts ? valueTypes.string : valueTypes.int32),
    numberBytes(8, value.length),
    ...value.map((item) => (typeof item === 'string' ? textBytes(item) : numberBytes(4, item, 'int'))),
  ]);
}

/** A tensor's entry in the head; its data follow the head in the order of the entries. */
export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  /** Its ggml_type. */
  readonly typeNumber: number;
  readonly bytes: number;
}

export interface GgufHead {
  /** Everything before the tensors' data. */
  readonly head: Buffer;
  /** What follows the data of a tensor of `bytes` bytes. */
  readonly padding: (bytes: number) => Buffer;
}

/** The head of a GGUF version 3 file. */
export function ggufHead(metadata: GgufContent['metadata'], tensors: readonly TensorEntry[]): GgufHead {
  const padding = (bytes: number) => Buffer.alloc(Math.ceil(bytes / alignment) * alignment - bytes);
  const head: Buffer[] = [
    Buffer.from('GGUF'),
    numberBytes(4, 3),
    numberBytes(8, tensors.length),
    numberBytes(8, Object.keys(metadata).length),
  ];
  for (const [key, value] of Object.entries(metadata)) head.push(textBytes(key), valueBytes(value));
  let offset = 0;
  for (const { name, shape, typeNumber, bytes } of tensors) {
    head.push(textBytes(name), numberBytes(4, shape.length));
    for (const size of [...shape].reverse()) head.push(numberBytes(8, size));
    head.push(numberBytes(4, typeNumber), numberBytes(8, offset));
    offset += bytes + padding(bytes).length;
  }
  const headBytes = Buffer.concat(head);
  return { head: Buffer.concat([headBytes, padding(headBytes.length)]), padding };
}

/** A GGUF version 3 file; tensors are float32 unless they are encoded. */
export function ggufBytes({ metadata, tensors }: GgufContent): Buffer {
  const entries = Object.entries(tensors).map(([name, { shape, values, encoded }]) => {
    const { buffer, byteOffset, byteLength } = encoded?.bytes ?? values;
    const data = Buffer.from(buffer, byteOffset, byteLength);
    return { name, shape, typeNumber: encoded?.type ?? 0, bytes: data.length, data };
  });
  const { head, padding } = ggufHead(metadata, entries);
  return Buffer.concat([head, ...entries.flatMap(({ data }) => [data, padding(data.length)])]);
}

export function writeGguf(file: string, content: GgufContent): void {
  fs.writeFileSync(file, ggufBytes(content));
}
