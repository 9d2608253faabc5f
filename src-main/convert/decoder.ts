import type { Matrix } from './matrix.ts';
import type { RopeSettings } from './rope-tables.ts';

/**
 * A decoder-only model as its architecture describes it: sizes and weights in the order in which they are used, but no
 * operators. Weights are read from the file only when a graph is written.
 */
export interface Decoder {
  /** As in the file's `general.architecture`. */
  readonly architecture: string;
  readonly contextLength: number;
  readonly vocabulary: number;
  readonly hidden: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  /** Added to the mean square in every RMS norm. */
  readonly epsilon: number;
  readonly rope: RopeSettings;
  /** [vocabulary, hidden] */
  readonly embedding: Matrix;
  readonly layers: readonly DecoderLayer[];
  readonly finalNorm: Vector;
  /** [vocabulary, hidden]; the same object as `embedding` if the two are tied. */
  readonly head: Matrix;
}

/** Pre-norm attention and a gated feed-forward part, each added to its input. */
export interface DecoderLayer {
  readonly attentionNorm: Vector;
  /** Queries, keys and values, one below the other. */
  readonly queryKeyValue: readonly Matrix[];
  readonly attentionOutput: Matrix;
  readonly feedForwardNorm: Vector;
  /** Gate and up, one below the other. */
  readonly gateAndUp: readonly Matrix[];
  readonly down: Matrix;
}

export interface Vector {
  /** The tensor's name in the file. */
  readonly name: string;
  readonly length: number;
  readonly read: () => Float32Array;
}

/** The matrices of all linear layers, the head among them. */
export function linearMatrices(decoder: Decoder): readonly Matrix[] {
  return [...layerMatrices(decoder), decoder.head];
}

/** The matrices of the linear layers without the head. */
export function layerMatrices({ layers }: Decoder): readonly Matrix[] {
  return layers.flatMap(({ queryKeyValue, attentionOutput, gateAndUp, down }) => [
    ...queryKeyValue,
    attentionOutput,
    ...gateAndUp,
    down,
  ]);
}

/** All matrices of the file: a tied one once. */
export function allMatrices(decoder: Decoder): readonly Matrix[] {
  return [...new Set([decoder.embedding, ...linearMatrices(decoder)])];
}
