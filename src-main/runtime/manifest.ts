import type { ErrorDetails } from '../contract/error.ts';

/** Incremented whenever the converter's output changes; a folder with another version has to be converted again. */
export const modelFormatVersion = 1;

/** `model.json` in a converted model's folder, next to model.onnx, model.onnx.data and tokenizer.json. */
export interface ModelManifest {
  readonly formatVersion: number;
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  readonly architecture: string;
  readonly precision: 'float32' | '8-bit' | '4-bit';
  readonly contextLength: number;
  readonly vocabularySize: number;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  readonly hiddenSize: number;
  readonly endTokens: readonly number[];
  /** Jinja source; '' if the source model has none. */
  readonly chatTemplate: string;
  /** The graph of the project's operators beside the standard one, and the type of its cache; null if there is none. */
  readonly operators?: { readonly cache: 'float16' | 'float32' } | null;
  /** SHA-256, hexadecimal, of each file of the model and of the file it was converted from. */
  readonly files: Readonly<Record<string, string>>;
  readonly source: ErrorDetails;
}
