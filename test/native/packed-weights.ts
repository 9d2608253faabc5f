import { fromHalf, toHalf } from './random.ts';

/** As numbered by the operator's attribute `format`. */
export const formats = { bits8: 0, bits4: 1, bits4Nested: 2, bits8Nested: 3 } as const;
export type Format = keyof typeof formats;

const stripOutputs = 16;
const blockInputs = 32;
const superInputs = 256;

/** Weights in packed form, and the float values that they stand for, [outputs][inputs]. */
export interface PackedWeights {
  readonly format: Format;
  readonly inputs: number;
  readonly outputs: number;
  readonly bytes: Uint8Array;
  readonly values: Float64Array;
  /** The integers, [outputs][inputs]: -127 to 127, or 0 to 15. */
  readonly codes: Int8Array;
  /** Scales, [outputs][inputs / scaleInputs], as floats. */
  readonly scales: Float32Array;
  readonly scaleInputs: number;
}

/**
 * Random weights, packed as native/README.md describes. Their values are of the size of 1 / sqrt(inputs).
 * `centred`: minimums are 8 times the scales, which is a zero point of 8.
 */
export function randomWeights(
  format: Format,
  inputs: number,
  outputs: number,
  random: () => number,
  centred = false,
): PackedWeights {
  const blocks = inputs / blockInputs;
  const strips = Math.ceil(outputs / stripOutputs);
  const bits8 = format === 'bits8' || format === 'bits8Nested';
  const scaleInputs = format === 'bits8Nested' ? 16 : blockInputs;
  const codeBytes = bits8 ? 512 : 256;
  const scaleBytes = { bits8: 32, bits4: 64, bits4Nested: 32, bits8Nested: 32 }[format];
  const superBytes =
    { bits8: 0, bits4: 0, bits4Nested: 64, bits8Nested: 32 }[format] * Math.floor(inputs / superInputs);
  const stripBytes = Math.ceil((blocks * (codeBytes + scaleBytes) + superBytes) / 64) * 64;
  const bytes = new Uint8Array(strips * stripBytes);
  const values = new Float64Array(outputs * inputs);
  const codes = new Int8Array(outputs * inputs);
  const scales = new Float32Array((outputs * inputs) / scaleInputs);
  const view = new DataView(bytes.buffer);
  const size = 1 / Math.sqrt(inputs);

  /** A random float16, written in place. */
  const half = (at: number, low: number, high: number) => {
    const bits = toHalf(low + (high - low) * random());
    view.setUint16(at, bits, true);
    return fromHalf(bits);
  };
  const byte = (at: number, value = Math.floor(random() * 64)) => (bytes[at] = value);

  for (let output = 0; output < outputs; output++) {
    const lane = output % stripOutputs;
    const strip = Math.floor(output / stripOutputs) * stripBytes;
    const scalesAt = strip + blocks * codeBytes;
    const supersAt = scalesAt + blocks * scaleBytes;
    let superScale = 0;
    let superMinimum = 0;
    for (let block = 0; block < blocks; block++) {
      let scale: readonly [firstHalf: number, secondHalf: number];
      let minimum = 0;
      if (format === 'bits8Nested') {
        if (block % 8 === 0) superScale = half(supersAt + (block / 8) * 32 + lane * 2, size / 64, size / 32);
        const signed = (at: number) => (byte(at, Math.floor(random() * 256)) << 24) >> 24;
        const at = scalesAt + block * 32 + lane;
        scale = [superScale * signed(at), superScale * signed(at + 16)];
      } else if (format === 'bits4Nested') {
        if (block % 8 === 0) {
          const at = supersAt + (block / 8) * 64 + lane * 2;
          superScale = half(at, size / 512, size / 256);
          superMinimum = centred
            ? half(at + 32, 8 * superScale, 8 * superScale)
            : half(at + 32, size / 64, size / 32);
        }
        const code = byte(scalesAt + block * 32 + lane);
        scale = [superScale * code, superScale * code];
        minimum = superMinimum * byte(scalesAt + block * 32 + 16 + lane, centred ? code : undefined);
      } else {
        const at = scalesAt + block * 32 + lane * 2;
        const both = bits8 ? half(at, size / 256, size / 64) : half(at, size / 16, size / 4);
        scale = [both, both];
        if (!bits8)
          minimum = centred
            ? half(at + blocks * 32, 8 * both, 8 * both)
            : half(at + blocks * 32, size / 2, size * 2);
      }
      for (let k = 0; k < blockInputs; k++) {
        const index = output * inputs + block * blockInputs + k;
        const code = bits8 ? Math.floor(random() * 255) - 127 : Math.floor(random() * 16);
        codes[index] = code;
        values[index] = code * scale[k >> 4]! - minimum;
        scales[Math.floor(index / scaleInputs)] = scale[k >> 4]!;
        // Four inputs of 16 outputs lie together; nibbles hold inputs k and k + 16.
        const quad = bits8 ? k >> 2 : (k & 15) >> 2;
        const at = strip + block * codeBytes + quad * 64 + lane * 4 + (k & 3);
        bytes[at]! |= bits8 ? code & 0xff : k < 16 ? code : code << 4;
      }
    }
  }
  return { format, inputs, outputs, bytes, values, codes, scales, scaleInputs };
}
