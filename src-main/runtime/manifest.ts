import type { ErrorDetails } from '../contract/error.ts';

/** Raised whenever what the converter writes changes; a folder of another version is converted anew. */
export const modelFormatVersion = 1;

/** `model.json` in a converted model's folder, beside model.onnx, model.onnx.data and tokenizer.json. */
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
  /** Jinja source; '' where the file has none. */
  readonly chatTemplate: string;
  /** SHA-256 in hexadecimal of each file that belongs to the model, and of the file it came from. */
  readonly files: Readonly<Record<string, string>>;
  readonly source: ErrorDetails;
}
