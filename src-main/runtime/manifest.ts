import type { ErrorDetails } from '../contract/error.ts';

/** Incremented whenever the converter's output changes; a folder with another version has to be converted again. */
export const modelFormatVersion = 3;

/** The graph of the project's operators (native/), which CPUs run in place of the standard one. */
export interface OperatorsManifest {
  /** Element type of the key-value cache. */
  readonly cache: 'float16' | 'float32';
  /** Number of weight matrices by what the graph holds them as: a type of the source file, e.g. Q4_1, else `8-bit`. */
  readonly weights: Readonly<Record<string, number>>;
}

/** The low-rank adapter in a model's second set of graphs. */
export interface AdapterManifest {
  /** Its name, e.g. `editor`. */
  readonly name: string;
  /** SHA-256, hexadecimal, of the GGUF file that it was read from. */
  readonly sha256: string;
  readonly rank: number;
}

/** Starts the names of the graphs with the adapter: `editor-model.onnx`, `editor-operators.onnx`. */
export const adapterPrefix = 'editor-';

/**
 * `model.json` in a converted model's folder, next to tokenizer.json, the standard graph (model.onnx and model.onnx.data)
 * and that of the project's operators (operators.onnx and operators.onnx.data, which also uses model.onnx.data). With an
 * adapter there is each graph a second time, under a name that starts with `adapterPrefix`: it computes the adapter beside
 * each linear layer, and uses the data of the others for everything else.
 */
export interface ModelManifest {
  readonly formatVersion: number;
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  readonly architecture: string;
  /** Number format of the standard graph. */
  readonly precision: 'float32' | '8-bit' | '4-bit';
  readonly contextLength: number;
  readonly vocabularySize: number;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  readonly hiddenSize: number;
  /** Null if the model has no such graph: in float32, or with a head size that Attention can't compute. */
  readonly operators: OperatorsManifest | null;
  /** Null if the model has no graphs with an adapter. */
  readonly adapter: AdapterManifest | null;
  readonly endTokens: readonly number[];
  /** Jinja source; '' if the source model has none. */
  readonly chatTemplate: string;
  /** The model's special tokens by the names that chat templates use for them, such as bos_token. */
  readonly namedTokens: Readonly<Record<string, string>>;
  /** SHA-256, hexadecimal, of each file of the model and of the file it was converted from. */
  readonly files: Readonly<Record<string, string>>;
  readonly source: ErrorDetails;
}

/** The width of a feed-forward layer in most models, as a multiple of the hidden size. */
const feedForward = 8 / 3;

/** About how many parameters a model of this shape has, with one matrix for embedding and output. */
export function parametersOf(manifest: ModelManifest): number {
  const { vocabularySize, layerCount, headCount, keyValueHeadCount, headSize, hiddenSize } = manifest;
  const attention = 2 * (headCount + keyValueHeadCount) * headSize * hiddenSize;
  const layer = attention + 3 * feedForward * hiddenSize ** 2;
  return Math.round(vocabularySize * hiddenSize + layerCount * layer);
}
