import koffi from 'koffi';
import type { Handle } from './onnx-api.ts';
import { onnxApi } from './onnx-api.ts';
import { onnxEnvironment } from './onnx-environment.ts';

/** Element types of ONNX Runtime, as numbered in `ONNXTensorElementDataType`. */
const elementTypes = { float32: 1, int32: 6, int64: 7, float16: 10 } as const;

/** An array of 16 bits holds float16 values. */
export type TensorData = Float32Array | Uint16Array | Int32Array | BigInt64Array;

function elementType(data: TensorData): number {
  if (data instanceof Float32Array) return elementTypes.float32;
  if (data instanceof Uint16Array) return elementTypes.float16;
  return data instanceof Int32Array ? elementTypes.int32 : elementTypes.int64;
}

/**
 * A tensor over the first elements of `data`, which is read and written in place. The caller keeps `data`
 * referenced as long as the tensor is used, and releases the handle. The memory of `data` must be outside the
 * JavaScript heap (`new ArrayBuffer`), since ONNX Runtime stores its address.
 */
export function createTensor(data: TensorData, shape: readonly number[]): Handle {
  const elements = shape.reduce((product, size) => product * size, 1);
  return onnxApi().create(
    'CreateTensorWithDataAsOrtValue',
    onnxEnvironment().cpuMemory,
    koffi.address(data),
    elements * data.BYTES_PER_ELEMENT,
    BigInt64Array.from(shape, BigInt),
    shape.length,
    elementType(data),
  );
}

/** Zeros in memory that the garbage collector never moves. */
export function float32Array(length: number): Float32Array {
  return new Float32Array(new ArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

export function float16Array(length: number): Uint16Array {
  return new Uint16Array(new ArrayBuffer(length * Uint16Array.BYTES_PER_ELEMENT));
}

export function int32Array(length: number): Int32Array {
  return new Int32Array(new ArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

export function int64Array(length: number): BigInt64Array {
  return new BigInt64Array(new ArrayBuffer(length * BigInt64Array.BYTES_PER_ELEMENT));
}
