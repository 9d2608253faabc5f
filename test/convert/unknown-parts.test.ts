import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decoder } from '../../src-main/convert/decoder.ts';
import { llamaDecoder } from '../../src-main/convert/architecture/llama.ts';
import { GgufFile } from '../../src-main/convert/gguf-file.ts';
import type { MetadataValue } from '../fakes/gguf-writer.ts';
import { ggufBytes, writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama, tinySizes } from '../fakes/tiny-llama.ts';

let folder: string;
beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-parts-'))));
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function decoderOf(change: (model: ReturnType<typeof tinyLlama>) => void): Promise<Decoder> {
  const source = path.join(folder, 'tiny.gguf');
  const model = tinyLlama();
  change(model);
  writeGguf(source, model);
  const file = await GgufFile.open(source);
  try {
    return llamaDecoder(file);
  } finally {
    file.close();
  }
}

const opened = async (bytes: Uint8Array, name = 'model.gguf') => {
  const source = path.join(folder, name);
  fs.writeFileSync(source, bytes);
  (await GgufFile.open(source)).close();
};

describe('a model with a part that the graph lacks is refused by the name of', () => {
  test.each([
    'blk.0.attn_q_norm.weight',
    'blk.0.attn_k_norm.weight',
    'blk.1.attn_q.bias',
    'blk.1.attn_k.bias',
    'blk.0.attn_output.bias',
    'blk.0.ffn_up.bias',
    'blk.0.attn_norm.bias',
    'blk.0.post_attention_norm.weight',
    'blk.0.post_ffw_norm.weight',
    'blk.0.attn_sub_norm.weight',
    'blk.0.attn_sinks.weight',
    'blk.0.attn_qkv.weight',
    'blk.0.ffn_gate_inp.weight',
    'blk.0.ffn_gate_exps.weight',
    'blk.0.rope_factors_long.weight',
    'blk.2.attn_q.weight',
    'blk.00.attn_q.weight',
    'rope_factors_short.weight',
    'output.bias',
    'output_norm.bias',
    'token_embd_norm.weight',
    'position_embd.weight',
    'token_types.weight',
    'something_else',
  ])('the tensor %s', async (name) => {
    const found = decoderOf(({ tensors }) => {
      tensors[name] = { shape: [tinySizes.hidden], values: new Float32Array(tinySizes.hidden).fill(1) };
    });
    await expect(found).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining(`the tensor ${name}`) as string,
    });
  });

  test.each<readonly [string, MetadataValue]>([
    ['llama.rope.scaling.type', 'linear'],
    ['llama.rope.scaling.type', 'yarn'],
    ['llama.rope.scaling.type', 'longrope'],
    ['llama.rope.scaling.factor', { float: 4 }],
    ['llama.rope.scale_linear', { float: 2 }],
    ['llama.rope.scaling.attn_factor', { float: 1.5 }],
    ['llama.rope.scaling.yarn_log_multiplier', { float: 0.1 }],
    ['llama.rope.dimension_sections', [8, 8, 8, 8]],
    ['llama.rope.freq_base_swa', { float: 10_000 }],
    ['qwen2.rope.scaling.factor', { float: 4 }],
    ['llama.rope.unheard_of', 1],
    ['llama.attention.scale', { float: 0.5 }],
    ['llama.attention.sliding_window', 4096],
    ['llama.attention.causal', false],
    ['llama.attention.clamp_kqv', { float: 8 }],
    ['llama.attention.head_count_kv', [1, 1]],
    ['llama.attention.head_count', [2, 2]],
    ['llama.attention.max_alibi_bias', { float: 8 }],
    ['llama.feed_forward_length', [96, 96]],
    ['llama.logit_scale', { float: 0.25 }],
    ['llama.embedding_scale', { float: 12 }],
    ['llama.residual_scale', { float: 0.22 }],
    ['llama.use_parallel_residual', true],
    ['llama.expert_count', 8],
    ['llama.expert_used_count', 2],
    ['llama.rope.freq_base', 'high'],
    ['llama.final_logit_softcapping', { float: 30 }],
    ['adapter.lora.alpha', { float: 16 }],
  ])('%s = %j', async (key, value) => {
    const found = decoderOf(({ metadata }) => (metadata[key] = value));
    await expect(found).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining(key) as string,
    });
  });

  test.each(['adapter', 'imatrix', 'mmproj'])('the type %s', async (type) => {
    const found = decoderOf(({ metadata }) => (metadata['general.type'] = type));
    await expect(found).rejects.toThrow(`the type ${type}`);
  });

  test('but values that change nothing and facts about the file are accepted', async () => {
    const decoder = await decoderOf(({ metadata, tensors }) => {
      metadata['llama.rope.scaling.type'] = 'none';
      metadata['llama.rope.scaling.factor'] = { float: 1 };
      metadata['llama.attention.causal'] = true;
      metadata['llama.expert_count'] = 0;
      metadata['llama.vocab_size'] = 257;
      metadata['general.type'] = 'model';
      metadata['general.file_type'] = 7;
      metadata['quantize.imatrix.file'] = 'calibration.dat';
      metadata['tokenizer.ggml.add_space_prefix'] = false;
      tensors['rope_freqs.weight'] = { shape: [16], values: new Float32Array(16).fill(2) };
    });
    expect(decoder.rope.factors[15]).toBe(2);
  });

  test.each<readonly [string, (model: ReturnType<typeof tinyLlama>) => void]>([
    ['values of 16', ({ metadata }) => (metadata['llama.attention.value_length'] = 16)],
    ['rope_freqs.weight', ({ tensors }) => (tensors['rope_freqs.weight'] = tensors['output_norm.weight']!)],
    ['output.weight', ({ tensors }) => (tensors['output.weight'] = tensors['blk.0.ffn_up.weight']!)],
  ])('%s in an unexpected shape', async (name, change) => {
    await expect(decoderOf(change)).rejects.toThrow(name);
  });
});

describe('a file that is no readable model gets advice that helps:', () => {
  test.each<readonly [string, string | Buffer]>([
    ['Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'],
    ['a web page', '<!DOCTYPE html><html></html>'],
    ['a web page', '\uFEFF\r\n  <!doctype HTML>'],
    ['a web page', '<html lang="en">'],
    ['a web page', '<!-- sign in --><html>'],
    ['XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['JSON', '{"error":"Invalid username or password."}'],
    ['JSON', ' [1]'],
    ['an archive', 'PK\x03\x04abc'],
    ['an archive', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['an archive', Buffer.from('377abcaf271c', 'hex')],
    ['an archive', Buffer.from('fd377a585a00', 'hex')],
    ['an archive', Buffer.from('28b52ffd00', 'hex')],
    [
      'safetensors',
      Buffer.concat([Buffer.from('4000000000000000', 'hex'), Buffer.from('{"__metadata__":{}')]),
    ],
    ['llama.cpp used before', 'tjgg\x01\0\0\0'],
    ['llama.cpp used before', 'lmggabcd'],
    ['Python pickle', Buffer.from([0x80, 0x02, 0x8a])],
    ['HDF5', Buffer.from('894844460d0a', 'hex')],
    ['unfinished download', Buffer.alloc(4096)],
    ['empty', ''],
    ['the bytes 00112233', Buffer.from('0011223344', 'hex')],
    ['the bytes 4747', 'GG'],
  ])('%s (%#)', async (sentence, content) => {
    await expect(opened(Buffer.from(content))).rejects.toMatchObject({
      code: 'model-file-invalid',
      message: expect.stringMatching(new RegExp(`is not a GGUF file.*${sentence}`)) as string,
    });
  });

  test.each([
    ['is big-endian', Buffer.from('4747554600000003', 'hex')],
    ['is big-endian', Buffer.from('47475546000000020000', 'hex')],
    ['version 4', Buffer.from('4747554604000000', 'hex')],
    ['version 0', Buffer.from('4747554600000000', 'hex')],
  ])('%s', async (sentence, head) => {
    const bytes = ggufBytes(tinyLlama());
    head.copy(bytes);
    await expect(opened(bytes)).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining(sentence) as string,
    });
  });

  test.each([
    [0, 2],
    [1, 2],
    [4, 12],
  ])('part %i of %i', async (part, parts) => {
    const model = tinyLlama();
    model.metadata['split.no'] = part;
    model.metadata['split.count'] = parts;
    if (part > 0) delete model.metadata['general.architecture'];
    await expect(opened(ggufBytes(model))).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining(`part ${part + 1} of ${parts}`) as string,
    });
  });

  test('a truncated download says how much is missing', async () => {
    const whole = ggufBytes(tinyLlama());
    await expect(opened(whole.subarray(0, -1000))).rejects.toThrow(
      `has ${whole.length - 1000} bytes of ${whole.length}`,
    );
    await expect(opened(whole)).resolves.toBeUndefined();
  });

  test('a model of one part is read', async () => {
    const model = tinyLlama();
    model.metadata['split.count'] = 1;
    await expect(opened(ggufBytes(model))).resolves.toBeUndefined();
  });
});
