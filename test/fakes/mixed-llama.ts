import { dequantize, tensorTypeOf } from '../../src-main/convert/tensor-type/tensor-type.ts';
import { generator, toHalf } from '../native/random.ts';
import { tinyLlama } from './tiny-llama.ts';

/**
 * The matrices have several types, so that query, key and value weights are of three formats, and gate and up of two types in
 * one format.
 */
const types = {
  'token_embd.weight': 8,
  'blk.0.attn_q.weight': 2,
  'blk.0.attn_k.weight': 8,
  'blk.0.attn_v.weight': 3,
  'blk.0.attn_output.weight': 6,
  'blk.0.ffn_gate.weight': 2,
  'blk.0.ffn_up.weight': 3,
  'blk.1.ffn_gate.weight': 3,
  'blk.1.ffn_up.weight': 8,
  'blk.1.ffn_down.weight': 6,
};

/** The tiny model with blocks of these types, and the values that they stand for. */
export function mixedLlama(): ReturnType<typeof tinyLlama> {
  const model = tinyLlama();
  // Norms of about 1, so that the attention tells positions apart.
  for (const [name, { values }] of Object.entries(model.tensors))
    if (name.endsWith('norm.weight')) values.forEach((value, index) => (values[index] = 1 + 5 * value));
  for (const [index, [name, number]] of Object.entries(types).entries()) {
    const { shape } = model.tensors[name]!;
    const type = tensorTypeOf(number, name);
    const random = generator(index);
    const blocks = (shape[0]! * shape[1]!) / type.blockLength;
    const bytes = Uint8Array.from({ length: blocks * type.blockBytes }, () => Math.floor(256 * random()));
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += type.blockBytes) {
      const scale = (0.1 + random()) / (number === 8 ? 600 : 40);
      view.setUint16(at, toHalf(scale), true);
      if (type.name === 'Q4_1') view.setUint16(at + 2, toHalf(-7 * scale), true);
    }
    model.tensors[name] = { shape, values: dequantize(type, bytes), encoded: { type: number, bytes } };
  }
  return model;
}
