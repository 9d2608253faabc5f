import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import type { ModelManifest } from '../runtime/manifest.ts';
import { modelFormatVersion } from '../runtime/manifest.ts';
import { LlamaGraph } from './architecture/llama.ts';
import type { LlamaSettings } from './architecture/llama-settings.ts';
import { llamaSettings } from './architecture/llama-settings.ts';
import { sha256OfFile } from './file-hash.ts';
import { GgufFile } from './gguf-file.ts';
import { textOf } from './metadata.ts';
import { ExternalData } from './onnx/external-data.ts';
import { GraphBuilder } from './onnx/graph.ts';
import { requireSpace } from './disk-space.ts';
import { fillFolder } from './new-folder.ts';
import { blockLength } from './quantize.ts';
import { endTokensOf, tokenizerJson } from './tokenizer-json.ts';
import type { Precision } from './weight-format.ts';
import { weightFormats } from './weight-format.ts';

export interface ConvertRequest {
  /** The GGUF file. */
  readonly source: string;
  /** The model's folder: made, or replaced where it holds a model. */
  readonly target: string;
  readonly precision: Precision;
  /** What the metadata says of these where they are left out. */
  readonly id?: string;
  readonly name?: string;
  readonly licence?: string;
  /** Called now and then with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const graphFile = 'model.onnx';
const dataFile = 'model.onnx.data';
const tokenizerFile = 'tokenizer.json';

/**
 * Converts a GGUF file to an ONNX model folder. The same file and request give the same bytes; a failure
 * leaves nothing behind, and an earlier model in `target` as it was.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-unsupported`, `disk-full`,
 * `file-failed`
 */
export async function convert(request: ConvertRequest): Promise<ModelManifest> {
  const file = await GgufFile.open(request.source);
  try {
    const settings = settingsOf(file, request.precision);
    const tokenizer = tokenizerJson(file);
    requireSpace(request.target, sizeEstimate(file, settings, request.precision));
    return await fillFolder(request.target, (folder) =>
      writeModel(folder, file, settings, tokenizer, request),
    );
  } finally {
    file.close();
  }
}

function settingsOf(file: GgufFile, precision: Precision): LlamaSettings {
  const architecture = textOf(file, 'general.architecture');
  if (architecture !== 'llama') {
    throw new ForedraftError(
      'model-unsupported',
      `${file.path} has the architecture ${architecture || '(none)'}, and only llama can be converted: choose another model.`,
      { architecture },
    );
  }
  const settings = llamaSettings(file);
  const { hidden, feedForward, heads, headSize } = settings;
  const odd = [hidden, feedForward, heads * headSize].find((size) => size % blockLength !== 0);
  if (precision !== 'float32' && odd !== undefined) {
    throw new ForedraftError(
      'model-unsupported',
      `${file.path} has rows of ${odd} weights, which aren't whole blocks of ${blockLength}: choose the precision float32.`,
      { path: file.path },
    );
  }
  return settings;
}

/** Bytes of the converted model, a little too many rather than too few. */
function sizeEstimate(file: GgufFile, settings: LlamaSettings, precision: Precision): number {
  const weights = file
    .tensorNames()
    .reduce((sum, name) => sum + file.shape(name).reduce((product, size) => product * size, 1), 0);
  // A scale of 4 bytes for 32 weights; the embedding of a 4-bit model keeps 8 bits.
  const bytes = { float32: 4, '8-bit': 1.15, '4-bit': 1.15 }[precision];
  const tables = 2 * settings.contextLength * settings.headSize * 4;
  return Math.ceil(weights * bytes) + tables + 16 * 1024 * 1024;
}

async function writeModel(
  folder: string,
  file: GgufFile,
  settings: LlamaSettings,
  tokenizer: object,
  request: ConvertRequest,
): Promise<ModelManifest> {
  const data = new ExternalData(path.join(folder, dataFile), dataFile);
  const graph = new GraphBuilder(data);
  try {
    const llama = new LlamaGraph(file, settings, graph, weightFormats[request.precision]);
    llama.build((layers) => request.onProgress?.((0.95 * layers) / settings.layers));
  } finally {
    data.close();
  }
  fs.writeFileSync(path.join(folder, graphFile), graph.encode('llama'));
  fs.writeFileSync(path.join(folder, tokenizerFile), JSON.stringify(tokenizer));
  const manifest = await manifestOf(folder, file, settings, request);
  fs.writeFileSync(path.join(folder, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  request.onProgress?.(1);
  return manifest;
}

async function manifestOf(
  folder: string,
  file: GgufFile,
  settings: LlamaSettings,
  request: ConvertRequest,
): Promise<ModelManifest> {
  const files: Record<string, string> = {};
  for (const name of [graphFile, dataFile, tokenizerFile])
    files[name] = await sha256OfFile(path.join(folder, name));
  const baseName = path.basename(request.source, path.extname(request.source));
  return {
    formatVersion: modelFormatVersion,
    id: request.id ?? baseName.toLowerCase().replace(/[^a-z0-9.]+/g, '-'),
    name: request.name ?? (textOf(file, 'general.name') || baseName),
    licence: request.licence ?? (textOf(file, 'general.license') || 'unknown'),
    architecture: 'llama',
    precision: request.precision,
    contextLength: settings.contextLength,
    vocabularySize: settings.vocabulary,
    layerCount: settings.layers,
    headCount: settings.heads,
    keyValueHeadCount: settings.keyValueHeads,
    headSize: settings.headSize,
    hiddenSize: settings.hidden,
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
