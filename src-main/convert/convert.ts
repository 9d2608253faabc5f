import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ForedraftError } from '../contract/error.ts';
import type { ModelManifest } from '../runtime/manifest.ts';
import { modelFormatVersion } from '../runtime/manifest.ts';
import { LlamaGraph } from './architecture/llama.ts';
import type { LlamaConfig } from './architecture/llama-config.ts';
import { llamaConfig } from './architecture/llama-config.ts';
import { GgufFile } from './gguf-file.ts';
import { textOf } from './metadata.ts';
import { ExternalData } from './onnx/external-data.ts';
import { GraphBuilder } from './onnx/graph.ts';
import { replaceFolder, requireSpace } from './model-folder.ts';
import { modelIdOf } from './model-id.ts';
import { blockLength } from './quantize.ts';
import { endTokensOf, tokenizerJson } from './tokenizer-json.ts';
import type { Precision } from './weight-format.ts';
import { weightFormats } from './weight-format.ts';

export interface ConvertRequest {
  /** Path of the GGUF file. */
  readonly source: string;
  /** Target folder; created, or replaced if it already holds a model. */
  readonly target: string;
  readonly precision: Precision;
  /** Default: from the file's metadata or name. */
  readonly id?: string;
  readonly name?: string;
  readonly licence?: string;
  /** Called with the fraction done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const graphFile = 'model.onnx';
const dataFile = 'model.onnx.data';
const tokenizerFile = 'tokenizer.json';

/**
 * Converts a GGUF file to an ONNX model folder. The output is deterministic: the same file and request give the
 * same bytes. On failure no files remain, and an existing model in `target` is unchanged.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-unsupported`, `disk-full`,
 * `file-failed`
 */
export async function convert(request: ConvertRequest): Promise<ModelManifest> {
  const file = await GgufFile.open(request.source);
  try {
    const config = configOf(file, request.precision);
    const tokenizer = tokenizerJson(file);
    requireSpace(request.target, sizeEstimate(file, config, request.precision));
    return await replaceFolder(request.target, (folder) =>
      writeModel(folder, file, config, tokenizer, request),
    );
  } finally {
    file.close();
  }
}

function configOf(file: GgufFile, precision: Precision): LlamaConfig {
  const architecture = textOf(file, 'general.architecture');
  if (architecture !== 'llama') {
    throw new ForedraftError(
      'model-unsupported',
      `${file.path} has the architecture ${architecture || '(none)'}, but only llama is supported: choose another model.`,
      { architecture },
    );
  }
  const config = llamaConfig(file);
  const { hidden, feedForward, heads, headSize } = config;
  const unaligned = [hidden, feedForward, heads * headSize].find((size) => size % blockLength !== 0);
  if (precision !== 'float32' && unaligned !== undefined) {
    throw new ForedraftError(
      'model-unsupported',
      `${file.path} has rows of ${unaligned} weights, which isn't a multiple of ${blockLength}: use --precision float32.`,
      { path: file.path },
    );
  }
  return config;
}

/** Upper estimate of the converted model's size, in bytes. */
function sizeEstimate(file: GgufFile, config: LlamaConfig, precision: Precision): number {
  const weights = file
    .tensorNames()
    .reduce((sum, name) => sum + file.shape(name).reduce((product, size) => product * size, 1), 0);
  // One 4-byte scale per 32 weights; the embedding of a 4-bit model stays at 8 bits.
  const bytes = { float32: 4, '8-bit': 1.15, '4-bit': 1.15 }[precision];
  const tables = 2 * config.contextLength * config.headSize * 4;
  return Math.ceil(weights * bytes) + tables + 16 * 1024 * 1024;
}

async function writeModel(
  folder: string,
  file: GgufFile,
  config: LlamaConfig,
  tokenizer: object,
  request: ConvertRequest,
): Promise<ModelManifest> {
  const data = new ExternalData(path.join(folder, dataFile), dataFile);
  const graph = new GraphBuilder(data);
  try {
    const llama = new LlamaGraph(file, config, graph, weightFormats[request.precision]);
    llama.build((layers) => request.onProgress?.((0.95 * layers) / config.layers));
  } finally {
    data.close();
  }
  fs.writeFileSync(path.join(folder, graphFile), graph.encode('llama'));
  fs.writeFileSync(path.join(folder, tokenizerFile), JSON.stringify(tokenizer));
  const manifest = await manifestOf(folder, file, config, request);
  fs.writeFileSync(path.join(folder, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  request.onProgress?.(1);
  return manifest;
}

async function manifestOf(
  folder: string,
  file: GgufFile,
  config: LlamaConfig,
  request: ConvertRequest,
): Promise<ModelManifest> {
  const files: Record<string, string> = {};
  for (const name of [graphFile, dataFile, tokenizerFile])
    files[name] = await sha256OfFile(path.join(folder, name));
  const baseName = path.basename(request.source, path.extname(request.source));
  return {
    formatVersion: modelFormatVersion,
    id: request.id ?? modelIdOf(baseName),
    name: request.name ?? (textOf(file, 'general.name') || baseName),
    licence: request.licence ?? (textOf(file, 'general.license') || 'unknown'),
    architecture: 'llama',
    precision: request.precision,
    contextLength: config.contextLength,
    vocabularySize: config.vocabulary,
    layerCount: config.layers,
    headCount: config.heads,
    keyValueHeadCount: config.keyValueHeads,
    headSize: config.headSize,
    hiddenSize: config.hidden,
    endTokens: endTokensOf(file),
    chatTemplate: textOf(file, 'tokenizer.chat_template'),
    files,
    source: {
      file: path.basename(request.source),
      sha256: await sha256OfFile(request.source),
      weights: file.typeName('blk.0.attn_q.weight'),
    },
  };
}

/** Hexadecimal SHA-256 of a file. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = crypto.createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
