import { halfToNumber } from '../../src-main/convert/tensor-type/floats.ts';

/** Reads packed weights as native/README.md describes them, independently of the converter. */
const stripOutputs = 16;

export interface PackedMatrix {
  readonly format: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly bytes: Uint8Array;
}

/** The values, [outputs][inputs], each rounded to float32 once. */
export function unpacked({ format, outputs, inputs, bytes }: PackedMatrix): Float32Array {
  const blocks = inputs / 32;
  const codeBytes = format === 0 || format === 3 ? 512 : 256;
  const scaleBytes = [32, 64, 32 + 64 / 8, 32 + 32 / 8][format]!;
  const stripBytes = Math.ceil((blocks * (codeBytes + scaleBytes)) / 64) * 64;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const half = (at: number) => halfToNumber(view.getUint16(at, true));

  /** The scale and the minimum of weight k of a block. */
  const scales = (at: number, lane: number, block: number, k: number): [number, number] => {
    if (format === 0) return [half(at + 32 * block + 2 * lane), 0];
    if (format === 1) {
      return [half(at + 32 * block + 2 * lane), half(at + 32 * (blocks + block) + 2 * lane)];
    }
    const factors = at + 32 * blocks + (block >> 3) * (format === 2 ? 64 : 32) + 2 * lane;
    const small = at + 32 * block + lane;
    if (format === 2) {
      return [half(factors) * view.getUint8(small), half(factors + 32) * view.getUint8(small + 16)];
    }
    return [half(factors) * view.getInt8(small + (k < 16 ? 0 : 16)), 0];
  };

  const values = new Float32Array(outputs * inputs);
  for (let output = 0; output < outputs; output++) {
    const strip = Math.floor(output / stripOutputs) * stripBytes;
    const lane = output % stripOutputs;
    for (let input = 0; input < inputs; input++) {
      const block = input >> 5;
      const k = input & 31;
      const quad = codeBytes === 512 ? k >> 2 : (k & 15) >> 2;
      const at = strip + block * codeBytes + quad * 64 + lane * 4 + (k & 3);
      const nibble = k < 16 ? bytes[at]! & 15 : bytes[at]! >> 4;
      const code = codeBytes === 512 ? view.getInt8(at) : nibble;
      const [scale, minimum] = scales(strip + blocks * codeBytes, lane, block, k);
      values[output * inputs + input] = code * scale - minimum;
    }
  }
  return values;
}
