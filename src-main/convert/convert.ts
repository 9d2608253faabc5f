import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import { sha256OfFile } from '../runtime/file-hash.ts';
import type { ModelManifest } from '../runtime/manifest.ts';
import { modelFormatVersion } from '../runtime/manifest.ts';
import type { HashedFile } from '../runtime/verification-record.ts';
import { hashedFile, VerificationRecord } from '../runtime/verification-record.ts';
import { readAdapter } from './adapter.ts';
import { llamaDecoder } from './architecture/llama.ts';
import type { Decoder } from './decoder.ts';
import { allMatrices } from './decoder.ts';
import { GgufFile } from './gguf-file.ts';
import type { GraphOptions } from './graph-files.ts';
import { graphBytes, hasNativeGraph, writeGraphs } from './graph-files.ts';
import { textOf } from './metadata.ts';
import { replaceFolder, requireSpace } from './model-folder.ts';
import { modelIdOf } from './model-id.ts';
import type { CacheType } from './operator-set/native-operators.ts';
import { heldAs } from './packed/strip-format.ts';
import { blockLength } from './quantize.ts';
import { endTokensOf, namedTokensOf, tokenizerJson } from './tokenizer-json.ts';
import type { Precision } from './weight-format.ts';

export interface ConvertRequest {
  /** Path of the GGUF file. */
  readonly source: string;
  /** Target folder; created, or replaced if it already holds a model. */
  readonly target: string;
  /** Number format of the standard graph; the one with native operators keeps the file's own formats. */
  readonly precision: Precision;
  /** Key-value cache of the graph with native operators. Default: float16. */
  readonly cache?: CacheType;
  /** Path of a LoRA adapter in GGUF format, made for this source: adds the graphs with it. */
  readonly adapter?: string;
  /** Default: from the file's metadata or name. */
  readonly id?: string;
  readonly name?: string;
  readonly licence?: string;
  /** Called with the fraction done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Called with a sentence about what the model can't do although it was converted. */
  readonly onNotice?: (sentence: string) => void;
}

const tokenizerFile = 'tokenizer.json';
/** Bytes of disk space for graphs, tokenizer and manifest. */
const spaceBesideWeights = 64 * 1024 * 1024;

/**
 * Converts a GGUF file to a folder of ONNX graphs. The output is deterministic: the same file and request give the same
 * bytes. On failure no files remain, and an existing model in `target` is unchanged. What the graphs without an adapter
 * compute doesn't depend on whether there is one.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-unsupported`, `disk-full`,
 * `file-failed`
 */
export async function convert(request: ConvertRequest): Promise<ModelManifest> {
  const file = await GgufFile.open(request.source);
  let adapterFile: GgufFile | undefined;
  try {
    const decoder = decoderOf(file, request.precision);
    const tokenizer = tokenizerJson(file);
    const sha256 = await sha256OfFile(request.source);
    if (request.adapter !== undefined) adapterFile = await GgufFile.open(request.adapter);
    const adapter =
      adapterFile && (await readAdapter(adapterFile, { decoder, path: request.source, sha256 }));
    const options = { precision: request.precision, cache: request.cache ?? 'float16', adapter };
    requireSpace(request.target, graphBytes(decoder, options) + spaceBesideWeights);
    const written = await replaceFolder(request.target, (folder) =>
      writeModel(folder, { file, sha256, decoder, tokenizer, options }, request),
    );
    for (const notice of noticesOf(request.source, written.manifest)) request.onNotice?.(notice);
    // The first load needn't hash what was hashed just now.
    new VerificationRecord().keep(request.target, written.hashed);
    return written.manifest;
  } finally {
    adapterFile?.close();
    file.close();
  }
}

function decoderOf(file: GgufFile, precision: Precision): Decoder {
  if (textOf(file, 'general.type') === 'adapter') {
    throw new ForedraftError(
      'model-unsupported',
      `${file.path} is an adapter, not a model: convert the model it was trained for, with --adapter ${file.path}.`,
      { path: file.path },
    );
  }
  const architecture = textOf(file, 'general.architecture');
  if (architecture !== 'llama') {
    throw new ForedraftError(
      'model-unsupported',
      `${file.path} has the architecture ${architecture || '(none)'}, but only llama is supported: choose another model.`,
      { architecture },
    );
  }
  const decoder = llamaDecoder(file);
  const unaligned = allMatrices(decoder).find(({ columns }) => columns % blockLength !== 0);
  if (precision !== 'float32' && unaligned) {
    throw new ForedraftError(
      'model-unsupported',
      `${file.path} has rows of ${unaligned.columns} weights, which isn't a multiple of ${blockLength}: use --precision float32.`,
      { path: file.path },
    );
  }
  return decoder;
}

/** What a model's folder is written from. */
interface SourceModel {
  readonly file: GgufFile;
  readonly sha256: string;
  readonly decoder: Decoder;
  readonly tokenizer: object;
  readonly options: GraphOptions;
}

async function writeModel(
  folder: string,
  model: SourceModel,
  request: ConvertRequest,
): Promise<{ readonly manifest: ModelManifest; readonly hashed: Readonly<Record<string, HashedFile>> }> {
  const { decoder, tokenizer, options } = model;
  const total = graphBytes(decoder, options);
  let written = 0;
  const graphs = writeGraphs(folder, decoder, options, (bytes) => {
    written += bytes;
    request.onProgress?.(0.95 * Math.min(1, written / total));
  });
  fs.writeFileSync(path.join(folder, tokenizerFile), JSON.stringify(tokenizer));
  const hashed: Record<string, HashedFile> = {};
  for (const name of [...graphs, tokenizerFile]) hashed[name] = await hashedFile(path.join(folder, name));
  const manifest = await manifestOf(hashed, model, request);
  fs.writeFileSync(path.join(folder, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  request.onProgress?.(1);
  return { manifest, hashed };
}

async function manifestOf(
  hashed: Readonly<Record<string, HashedFile>>,
  { file, sha256, decoder, options }: SourceModel,
  request: ConvertRequest,
): Promise<ModelManifest> {
  const { adapter } = options;
  const baseName = path.basename(request.source, path.extname(request.source));
  return {
    formatVersion: modelFormatVersion,
    id: request.id ?? modelIdOf(baseName),
    name: request.name ?? (textOf(file, 'general.name') || baseName),
    licence: request.licence ?? (textOf(file, 'general.license') || 'unknown'),
    architecture: decoder.architecture,
    precision: request.precision,
    contextLength: decoder.contextLength,
    vocabularySize: decoder.vocabulary,
    layerCount: decoder.layers.length,
    headCount: decoder.heads,
    keyValueHeadCount: decoder.keyValueHeads,
    headSize: decoder.headSize,
    hiddenSize: decoder.hidden,
    operators: hasNativeGraph(decoder, options)
      ? { cache: options.cache, weights: countsByType(decoder) }
      : null,
    adapter: adapter ? { name: adapter.name, sha256: adapter.sha256, rank: adapter.rank } : null,
    endTokens: endTokensOf(file),
    chatTemplate: textOf(file, 'tokenizer.chat_template'),
    namedTokens: namedTokensOf(file),
    files: Object.fromEntries(Object.entries(hashed).map(([name, { sha256 }]) => [name, sha256])),
    source: {
      file: path.basename(request.source),
      sha256,
      weights: file.type('blk.0.attn_q.weight').name,
    },
  };
}

/** What the file doesn't say, and what that means for its answers. */
function noticesOf(source: string, { endTokens, chatTemplate }: ModelManifest): readonly string[] {
  return [
    ...(endTokens.length > 0
      ? []
      : [
          `${source} names no end token, so its answers end only at the token limit: set stop texts, or choose another model.`,
        ]),
    ...(chatTemplate.trim() !== ''
      ? []
      : [
          `${source} has no chat template, so it can only continue raw text: choose a model made for chat to get answers.`,
        ]),
  ];
}

function countsByType(decoder: Decoder): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const type of allMatrices(decoder).map(heldAs)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
