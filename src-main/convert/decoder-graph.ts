import type { Adapter, AdapterLayer } from './adapter.ts';
import type { Decoder, DecoderLayer } from './decoder.ts';
import type { GraphBuilder } from './onnx/graph.ts';
import { standard } from './onnx/graph.ts';
import type { OperatorSet } from './operator-set/operator-set.ts';

/**
 * Writes the graph of a decoder. One forward appends S tokens to each layer's cache in place, and returns logits and
 * hidden states for R requested `rows`.
 * @param adapter computed beside the linear layers
 */
export function writeDecoder(
  decoder: Decoder,
  graph: GraphBuilder,
  operators: OperatorSet,
  adapter?: Adapter,
): void {
  graph.input('input_ids', 'int64', [1, 'S']);
  graph.input('rows', 'int64', ['R']);
  graph.output('logits', 'float32', [1, 'R', decoder.vocabulary]);
  graph.output('hidden', 'float32', [1, 'R', decoder.hidden]);
  operators.prepare();
  operators.embedding('embedded');
  let stream: Stream = { input: 'embedded' };
  for (let layer = 0; layer < decoder.layers.length; layer++)
    stream = writeLayer(decoder.layers[layer]!, operators, layer, stream, adapter?.layers[layer]);
  operators.linear({
    name: 'head',
    weights: [decoder.head],
    ...requestedRows(graph, stream),
    norm: decoder.finalNorm,
    output: 'logits',
    normed: 'hidden',
  });
}

/** The residual stream: a value, or the sum of two, which the next linear node adds. */
interface Stream {
  readonly input: string;
  readonly skip?: string;
}

function writeLayer(
  weights: DecoderLayer,
  operators: OperatorSet,
  layer: number,
  stream: Stream,
  adapter?: AdapterLayer,
): Stream {
  const named = (name: string) => `blk.${layer}.${name}`;
  const values = {
    start: stream.skip === undefined ? stream.input : named('start'),
    queriesKeysValues: named('qkv.out'),
    attention: named('attention'),
    attended: named('output.out'),
    middle: named('middle'),
    gateAndUp: named('gate_up.out'),
    down: named('down.out'),
  };
  operators.linear({
    name: named('qkv'),
    weights: weights.queryKeyValue,
    adapter: adapter?.queryKeyValue,
    ...stream,
    norm: weights.attentionNorm,
    output: values.queriesKeysValues,
    sum: stream.skip === undefined ? undefined : values.start,
  });
  operators.attention({ layer, input: values.queriesKeysValues, output: values.attention });
  operators.linear({
    name: named('output'),
    weights: [weights.attentionOutput],
    adapter: adapter?.attentionOutput,
    input: values.attention,
    output: values.attended,
  });
  operators.linear({
    name: named('gate_up'),
    weights: weights.gateAndUp,
    adapter: adapter?.gateAndUp,
    input: values.attended,
    skip: values.start,
    norm: weights.feedForwardNorm,
    output: values.gateAndUp,
    sum: values.middle,
  });
  operators.linear({
    name: named('down'),
    weights: [weights.down],
    adapter: adapter?.down,
    input: values.gateAndUp,
    gated: true,
    output: values.down,
  });
  return { input: values.down, skip: values.middle };
}

/** Only these rows get logits. */
function requestedRows(graph: GraphBuilder, { input, skip }: Stream): Stream {
  const gathered = (value: string) => {
    graph.node('Gather', standard, [value, 'rows'], [`${value}.rows`], { axis: 1 });
    return `${value}.rows`;
  };
  return skip === undefined ? { input: gathered(input) } : { input: gathered(input), skip: gathered(skip) };
}
