import type { Decoder, Vector } from '../decoder.ts';
import type { GraphBuilder } from '../onnx/graph.ts';
import { ropeTable } from '../rope-tables.ts';

/** Adds a vector of weights; returns its name. */
export function addVector(graph: GraphBuilder, { name, length, read }: Vector): string {
  graph.tensor(name, 'float32', [length], [read()]);
  return name;
}

/** Adds the rotary tables; returns their names. */
export function addRopeTables(graph: GraphBuilder, { rope }: Decoder): readonly [string, string] {
  const shape = [rope.positions, rope.headSize / 2];
  graph.tensor('cosines', 'float32', shape, ropeTable(rope, Math.cos));
  graph.tensor('sines', 'float32', shape, ropeTable(rope, Math.sin));
  return ['cosines', 'sines'];
}
