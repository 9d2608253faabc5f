/** Turns the one block at byte `at` into values from index `from` on. */
export type Dequantize = (bytes: Uint8Array, at: number, values: Float32Array, from: number) => void;
