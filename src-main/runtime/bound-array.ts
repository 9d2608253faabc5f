import type { OnnxRun } from './onnx-session.ts';
import type { TensorData } from './onnx-tensor.ts';
import { createTensor } from './onnx-tensor.ts';
import { onnxApi } from './onnx-api.ts';

/** An input or output of a run: an array that grows by doubling, bound again only when its shape changes. */
export class BoundArray<A extends TensorData> {
  readonly #run: OnnxRun;
  readonly #direction: 'bindInput' | 'bindOutput';
  readonly #name: string;
  readonly #make: (length: number) => A;
  #array: A;
  #shape: readonly number[] = [];

  private constructor(
    run: OnnxRun,
    direction: 'bindInput' | 'bindOutput',
    name: string,
    make: (length: number) => A,
  ) {
    this.#run = run;
    this.#direction = direction;
    this.#name = name;
    this.#make = make;
    this.#array = make(1);
  }

  /** @param make makes an array of zeros in memory that the garbage collector never moves */
  static input<A extends TensorData>(run: OnnxRun, name: string, make: (length: number) => A): BoundArray<A> {
    return new BoundArray(run, 'bindInput', name, make);
  }

  static output<A extends TensorData>(
    run: OnnxRun,
    name: string,
    make: (length: number) => A,
  ): BoundArray<A> {
    return new BoundArray(run, 'bindOutput', name, make);
  }

  /** The array, whose first elements are now a tensor of `shape`; a new one is all zeros. */
  reshape(...shape: readonly number[]): A {
    const unchanged =
      shape.length === this.#shape.length && shape.every((size, axis) => size === this.#shape[axis]);
    if (unchanged) return this.#array;
    const length = shape.reduce((product, size) => product * size, 1);
    if (length > this.#array.length) this.#array = this.#make(Math.max(length, 2 * this.#array.length));
    const tensor = createTensor(this.#array, shape);
    // The binding owns the tensor from here on; this object keeps the memory referenced.
    this.#run[this.#direction](this.#name, tensor);
    onnxApi().release('ReleaseValue', tensor);
    this.#shape = shape;
    return this.#array;
  }

  /** Row `row` of the tensor seen as rows of `size` elements; valid until the next reshape or run. */
  row(row: number, size: number): A {
    return this.#array.subarray(row * size, (row + 1) * size) as A;
  }
}
