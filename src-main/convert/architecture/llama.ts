import type { Decoder, DecoderLayer, Vector } from '../decoder.ts';
import type { GgufFile } from '../gguf-file.ts';
import { tensorMatrix, unpermutedMatrix } from '../matrix.ts';
import type { LlamaConfig } from './llama-config.ts';
import { llamaConfig } from './llama-config.ts';

/**
 * A Llama-family model (Touvron et al. 2023: pre-norm, rotary embeddings, grouped-query attention, SwiGLU).
 * @throws ForedraftError `model-file-invalid`, `model-unsupported`
 */
export function llamaDecoder(file: GgufFile): Decoder {
  const config = llamaConfig(file);
  const { layers, contextLength, headSize, ropeBase } = config;
  const embedding = tensorMatrix(file, 'token_embd.weight');
  const factors = file.has('rope_freqs.weight')
    ? file.read('rope_freqs.weight')
    : new Float32Array(headSize / 2).fill(1);
  return {
    ...config,
    architecture: 'llama',
    // Twice the context length: tree branches take cache slots beyond their positions.
    rope: { positions: 2 * contextLength, headSize, base: ropeBase, factors },
    embedding,
    layers: Array.from({ length: layers }, (_, layer) => layerOf(file, config, layer)),
    finalNorm: vector(file, 'output_norm.weight'),
    head: file.has('output.weight') ? tensorMatrix(file, 'output.weight') : embedding,
  };
}

function layerOf(file: GgufFile, { headSize }: LlamaConfig, layer: number): DecoderLayer {
  const matrix = (name: string) => tensorMatrix(file, `blk.${layer}.${name}.weight`);
  const rotated = (name: string) => unpermutedMatrix(file, `blk.${layer}.${name}.weight`, headSize);
  return {
    attentionNorm: vector(file, `blk.${layer}.attn_norm.weight`),
    queryKeyValue: [rotated('attn_q'), rotated('attn_k'), matrix('attn_v')],
    attentionOutput: matrix('attn_output'),
    feedForwardNorm: vector(file, `blk.${layer}.ffn_norm.weight`),
    gateAndUp: [matrix('ffn_gate'), matrix('ffn_up')],
    down: matrix('ffn_down'),
  };
}

function vector(file: GgufFile, name: string): Vector {
  return { name, length: file.shape(name)[0] ?? 0, read: () => file.read(name) };
}
