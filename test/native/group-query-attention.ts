import { microsoft } from '../../src-main/convert/onnx/graph.ts';
import type { AttentionCase, Row } from './attention-case.ts';
import { OperatorSession } from './operator-session.ts';

/** The outputs of ONNX Runtime's GroupQueryAttention on the same tokens and cache (float32, linear rows). */
export function groupQueryAttention(instance: AttentionCase, rows: readonly Row[]): Float32Array[] {
  const { heads, keyHeads, headSize, window, slots, softCap = 0 } = instance.shape;
  const total = instance.past + rows.length;
  const cacheShape = [1, keyHeads, slots, headSize];
  const model = new OperatorSession((graph) => {
    const inputs = ['input', '', '', 'past_key', 'past_value', 'seqlens', 'total', 'cos', 'sin'];
    graph.input('input', 'float32', [1, 'rows', instance.width]);
    for (const name of ['past_key', 'past_value']) graph.input(name, 'float32', cacheShape);
    graph.input('seqlens', 'int32', [1]);
    graph.input('total', 'int32', [1]);
    for (const name of ['cos', 'sin']) graph.input(name, 'float32', ['table', headSize / 2]);
    graph.node('GroupQueryAttention', microsoft, inputs, ['output', 'present_key', 'present_value'], {
      num_heads: heads,
      kv_num_heads: keyHeads,
      do_rotary: 1,
      scale: { float: 1 / Math.sqrt(headSize) },
      softcap: { float: softCap },
      local_window_size: window ?? -1,
    });
    graph.output('output', 'float32', [1, 'rows', heads * headSize]);
    for (const name of ['present_key', 'present_value']) graph.output(name, 'float32', cacheShape);
  });
  const keys = new Float32Array(keyHeads * slots * headSize);
  const values = instance.values.slice() as Float32Array;
  for (let head = 0; head < keyHeads; head++) {
    for (let slot = 0; slot < instance.past; slot++) {
      for (let d = 0; d < headSize; d++) {
        keys[instance.valueIndex(head, slot, d)] = instance.keys[instance.keyIndex(head, slot, d)]!;
      }
    }
  }
  const tensor = (data: Float32Array | Int32Array, shape: readonly number[]) => ({ data, shape });
  const output = new Float32Array(rows.length * heads * headSize);
  const input = rows.flatMap(({ token }) => [
    ...instance.tokens.subarray(token * instance.width, (token + 1) * instance.width),
  ]);
  model.run(
    {
      input: tensor(Float32Array.from(input), [1, rows.length, instance.width]),
      past_key: tensor(keys, cacheShape),
      past_value: tensor(values, cacheShape),
      seqlens: tensor(Int32Array.of(total - 1), [1]),
      total: tensor(Int32Array.of(total), [1]),
      cos: tensor(instance.tables.cos, [slots, headSize / 2]),
      sin: tensor(instance.tables.sin, [slots, headSize / 2]),
    },
    {
      output: tensor(output, [1, rows.length, heads * headSize]),
      present_key: tensor(keys, cacheShape),
      present_value: tensor(values, cacheShape),
    },
  );
  model.release();
  return rows.map((_, row) => output.subarray(row * heads * headSize, (row + 1) * heads * headSize));
}
