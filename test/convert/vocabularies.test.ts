import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GgufFile } from '../../src-main/convert/gguf-file.ts';
import { endTokensOf, tokenizerJson } from '../../src-main/convert/tokenizer-json.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import { rawPromptParts } from '../../src-main/runtime/prompt-part.ts';
import type { Tokenizer } from '../../src-main/runtime/tokenizer.ts';
import { loadTokenizer, vocabularyOf } from '../../src-main/runtime/tokenizer.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama, tinyTokens } from '../fakes/tiny-llama.ts';

let folder: string;
beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-vocabulary-'))));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const normal = 1;
const control = 3;
const userDefined = 4;
const unused = 5;
/** The first id after the 256 bytes and `<|im_end|>`. */
const first = 257 as TokenId;

interface Converted {
  readonly tokenizer: Tokenizer;
  readonly endTokens: readonly number[];
}

/** The tokenizer of a model with more tokens, each with its type; without types if `typed` is false. */
async function converted(
  added: readonly (readonly [string, number])[],
  metadata: Record<string, number> = {},
  typed = true,
): Promise<Converted> {
  const model = tinyLlama();
  const tokens = [...tinyTokens(), ...added.map(([token]) => token)];
  model.metadata['tokenizer.ggml.tokens'] = tokens;
  const types = tokens.map((_, id) => (id === 256 ? control : (added[id - first]?.[1] ?? normal)));
  if (typed) model.metadata['tokenizer.ggml.token_type'] = types;
  else delete model.metadata['tokenizer.ggml.token_type'];
  Object.assign(model.metadata, metadata);
  const source = path.join(folder, 'tiny.gguf');
  writeGguf(source, model);
  const file = await GgufFile.open(source);
  try {
    const json = path.join(folder, 'tokenizer.json');
    fs.writeFileSync(json, JSON.stringify(tokenizerJson(file)));
    return { tokenizer: loadTokenizer(json), endTokens: endTokensOf(file) };
  } finally {
    file.close();
  }
}

const raw = ({ tokenizer }: Converted, prompt: string) =>
  tokenizer.encodePrompt(rawPromptParts(prompt, tokenizer.controlTokens));

describe.each([
  ['normal', normal],
  ['user-defined', userDefined],
  ['control', control],
])('a token typed %s', (_name, type) => {
  test.each([
    ...[
      '<|endoftext|>',
      '<|end_of_text|>',
      '<|eot_id|>',
      '<|eom_id|>',
      '<|end|>',
      '<|return|>',
      '<end_of_turn>',
    ],
    ...['<end_of_utterance>', '<｜end▁of▁sentence｜>', '<EOT>', '<|call|>', '<|eot|>', '<|eos|>'],
    ...['<|end_of_turn|>', '<|endofturn|>', '<|END_OF_TURN_TOKEN|>'],
  ])('%s ends an answer, adds no text and is read in templates only', async (token) => {
    const found = await converted([[token, type]]);
    expect(found.endTokens).toEqual([256, first]);
    expect(found.tokenizer.bytes(first).length).toBe(0);
    expect(raw(found, token)).toEqual([first]);
    expect(found.tokenizer.encodeText(token)).not.toContain(first);
  });

  test.each([
    ...[
      '<|im_start|>',
      '<|start_header_id|>',
      '<start_of_turn>',
      '<|user|>',
      '<|observation|>',
      '<|im_sep|>',
    ],
    ...['<|startoftext|>', '<|START_OF_TURN_TOKEN|>', '<｜User｜>'],
  ])('%s begins a turn in templates only, and ends none', async (token) => {
    const found = await converted([[token, type]]);
    expect(found.endTokens).toEqual([256]);
    expect(raw(found, token)).toEqual([first]);
    expect(found.tokenizer.encodeText(token)).not.toContain(first);
  });
});

test.each(['eos', 'eot', 'eom'])(
  'a token that the file names as %s ends an answer whatever its text',
  async (name) => {
    const found = await converted([['[STOP]', normal]], { [`tokenizer.ggml.${name}_token_id`]: first });
    expect(found.endTokens).toContain(first);
    expect(found.tokenizer.bytes(first).length).toBe(0);
  },
);

test.each(['</s>', '<eos>', '[EOS]', '[EOT]', '_<EOT>'])(
  '%s, which texts may have, is text unless it is typed as control',
  async (token) => {
    expect((await converted([[token, normal]])).endTokens).toEqual([256]);
    expect((await converted([[token, control]])).endTokens).toEqual([256, first]);
  },
);

test('without types, names tell which tokens are control', async () => {
  const found = await converted([['<|im_start|>', normal]], {}, false);
  expect([found.endTokens, raw(found, '<|im_start|>')]).toEqual([[256], [first]]);
  expect(found.tokenizer.controlTokens).toEqual(['<|im_end|>', '<|im_start|>']);
});

test.each<readonly [string, readonly (readonly [string, number])[]]>([
  ['normal', [['a', normal]]],
  [
    'twice',
    [
      ['a', normal],
      ['a', normal],
    ],
  ],
  ['control', [['a', control]]],
  ['unused', [['a', unused]]],
  [
    'constructor',
    [
      ['constructor', normal],
      ['constructor', normal],
    ],
  ],
  [
    'Ġ',
    [
      ['Ġthe', normal],
      ['Ġthe', normal],
    ],
  ],
])('of two ids with one text (%s), each keeps its text', async (_name, added) => {
  const found = await converted(added);
  const decoder = vocabularyOf(found.tokenizer).textDecoder();
  for (const [place, [token, type]] of added.entries()) {
    const text = type === control ? '' : token.replace('Ġ', ' ');
    expect(decoder.add((first + place) as TokenId)).toBe(text);
  }
  const [letter] = found.tokenizer.encodeText('a');
  expect(found.tokenizer.bytes(letter!)).toEqual(new TextEncoder().encode('a'));
});

test('padding entries change nothing', async () => {
  const padding = Array.from({ length: 24 }, (_, index) => [`[PAD${257 + index}]`, unused] as const);
  const found = await converted(padding);
  expect(found.tokenizer.vocabularySize).toBe(281);
  expect(found.endTokens).toEqual([256]);
  expect(found.tokenizer.encodeText('[PAD260]').length).toBe(8);
});
