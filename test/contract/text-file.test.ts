import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCompareOptions } from '../../src-main/command-line/compare-options.ts';
import { parseGenerateOptions } from '../../src-main/command-line/generate-options.ts';
import { ComparisonFiles } from '../../src-main/comparisons/comparison-files.ts';
import { readText } from '../../src-main/contract/text-file.ts';
import { findModels } from '../../src-main/library/installed-models.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { textsOf } from '../../src-renderer/state/documents/editor/dropped-files.ts';
import { readAttachment } from '../../src-renderer/state/write/attachments/read-attachment.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';

const bigEndian = (bytes: Uint8Array) => Buffer.from(bytes).swap16();
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
/** How editors save a text. */
const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-8 with two marks': (text) => Buffer.from(`\uFEFF\uFEFF${text}`),
  'UTF-16, little-endian': (text) => utf16(`\uFEFF${text}`),
  'UTF-16, big-endian': (text) => bigEndian(utf16(`\uFEFF${text}`)),
  'UTF-16, little-endian, without a mark': utf16,
  'UTF-16, big-endian, without a mark': (text) => bigEndian(utf16(text)),
  'UTF-8 with Windows line ends': (text) => Buffer.from(text.replaceAll('\n', '\r\n')),
  'UTF-8 with old Mac line ends': (text) => Buffer.from(text.replaceAll('\n', '\r')),
  'UTF-8 of DOS': (text) => Buffer.from(`${text.replaceAll('\n', '\r\n')}\u001A`),
  'UTF-16 with a mark and Windows line ends': (text) => utf16(`\uFEFF${text.replaceAll('\n', '\r\n')}`),
};
const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);
const latin = (text: string) => Buffer.from(text, 'latin1');

/** What is neither UTF-8 nor UTF-16 text. */
const refused: Readonly<Record<string, Uint8Array>> = {
  'UTF-32, little-endian': bytesOf(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0),
  'UTF-32, big-endian': bytesOf(0, 0, 0xfe, 0xff, 0, 0, 0, 0x41),
  'UTF-16 cut within a unit': bytesOf(0xff, 0xfe, 0x41, 0, 0x42),
  'UTF-16 cut within a pair': bytesOf(0xff, 0xfe, 0x3d, 0xd8),
  'UTF-8 cut within a character': Buffer.from('[] // potřebují, čtyři, 春天').subarray(0, -1),
  'UTF-8 with a damaged byte': Buffer.concat([Buffer.from('naïve, café, '), bytesOf(0xc3), latin('(')]),
  GBK: bytesOf(0xb3, 0xb1, 0xcf, 0xab, 0xb3, 0xb1, 0xcf, 0xab),
  'Shift JIS': bytesOf(0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea),
  'Windows Cyrillic': bytesOf(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2),
  'an executable': bytesOf(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0),
  'a picture': bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d),
  'a compressed file': bytesOf(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3),
};

describe.each(Object.entries(encodings))('in %s', (_name, encode) => {
  const save = (name: string, text: string) => {
    const file = path.join(temporaryFolder(), name);
    fs.writeFileSync(file, encode(text));
    return file;
  };
  const prompt = 'Ein Gedicht\nüber 春天 😀\n\nReg\uFEFFen';

  test.each([prompt, 'a\n', 'Hi there\n\n', '{"a": "ä"}\n'])('%j is read', (text) => {
    expect(readText(encode(text))).toEqual({ text });
  });

  test('a file of prompts, messages, strategies or references is read', () => {
    const strategies = save('strategies.json', '[\n{"name": "Größe", "strategy": {"kind": "greedy"}}\n]\n');
    const { comparison } = parseCompareOptions([
      '--prompt-file',
      save('prompt.txt', prompt),
      '--strategies',
      strategies,
      '--out',
      '.',
    ]);
    expect(comparison.prompt).toBe(prompt);
    expect(comparison.columns.map(({ name }) => name)).toEqual(['Größe']);
    const messages = [{ role: 'user', content: prompt }];
    const { request } = parseGenerateOptions([
      '--messages',
      save('messages.json', JSON.stringify(messages, null, 1)),
      '--reference',
      save('r.txt', prompt),
    ]);
    expect(request.prompt).toEqual({ messages });
    expect(request.references).toEqual([prompt]);
  });

  test('an imported comparison is read', async () => {
    const file = save('comparison.json', prompt);
    let parsed = '';
    const store = { import: (comparison: unknown) => comparison } as never;
    const dialogs = { askWhereTo: () => Promise.resolve(undefined), askWhich: () => Promise.resolve(file) };
    const formats = { writers: {} as never, parseJson: (text: string) => ((parsed = text), {} as never) };
    await new ComparisonFiles({} as never, store, dialogs, formats).import();
    expect(parsed).toBe(prompt);
  });

  test.each(['notes.txt', 'notes.md'])('the attachment %s is read', async (name) => {
    const attached = new File([Uint8Array.from(encode(prompt))], name);
    expect(await readAttachment(attached, 'windows-1252')).toEqual({ name, text: prompt });
  });

  test('files dropped on a document are read', async () => {
    const dropped = ['a.txt', 'b.c'].map((name) => new File([Uint8Array.from(encode(prompt))], name));
    expect(await textsOf(dropped, 'windows-1252')).toEqual([prompt, prompt]);
  });

  test('the manifest of a model is read', async () => {
    const folder = path.dirname(save('model.json', '{\n"id": "a",\n"name": "Größe"\n}\n'));
    expect(await findModels([folder])).toEqual([{ id: 'a', name: 'Größe', directory: folder }]);
    // Read as JSON, though it isn't complete.
    expect(() => readManifest(folder)).toThrow("is not a model's manifest");
  });
});

describe.each(Object.entries(refused))('%s', (_name, bytes) => {
  const file = () => {
    const place = path.join(temporaryFolder(), 'odd.txt');
    fs.writeFileSync(place, bytes);
    return place;
  };
  const sentence =
    /odd\.txt (?:holds data other than text|is text in an encoding other than UTF-8 and UTF-16): /;

  test('is refused in words on the command line', () => {
    const options = ['--prompt', 'x', '--out', '.', '--strategies'];
    expect(() => parseCompareOptions([...options, file()])).toThrow(sentence);
    expect(() => parseGenerateOptions(['--messages', file()])).toThrow(sentence);
    expect(() => parseGenerateOptions(['--prompt', 'x', '--reference', file()])).toThrow(sentence);
  });

  test('is refused in words as an import', async () => {
    const place = file();
    const dialogs = { askWhereTo: () => Promise.resolve(undefined), askWhich: () => Promise.resolve(place) };
    const files = new ComparisonFiles({} as never, {} as never, dialogs, {} as never);
    await expect(files.import()).rejects.toThrow(sentence);
  });

  test('is refused in words on a document', async () => {
    const dropped = new File([Uint8Array.from(bytes)], 'odd.txt');
    await expect(textsOf([new File(['a'], 'a.txt'), dropped], 'windows-1252')).rejects.toThrow(sentence);
  });

  test('is refused as an attachment', async () => {
    const attached = new File([Uint8Array.from(bytes)], 'odd.txt');
    const reason = { reason: expect.stringMatching(/^(?:binary|encoding)$/) as string };
    await expect(readAttachment(attached, 'windows-1252')).rejects.toMatchObject(reason);
  });
});

describe('a legacy encoding', () => {
  test.each([
    ['Café', latin('Café')],
    ['Ein naïver Fall: été, größer, schön', latin('Ein naïver Fall: été, größer, schön')],
    ['Blåbærgrød', latin('Blåbærgrød')],
    ['“Don’t” – €', bytesOf(0x93, 0x44, 0x6f, 0x6e, 0x92, 0x74, 0x94, 0x20, 0x96, 0x20, 0x80)],
  ])('of the West is read as %j in any language', (text, bytes) => {
    expect(readText(bytes, 'windows-1252')).toEqual({ text });
    expect(readText(bytes, 'gb18030')).toEqual({ text });
    expect(readText(bytes)).toEqual({ fault: 'encoding' });
  });

  test('of Chinese is read in a Chinese window alone', () => {
    const bytes = bytesOf(0xb3, 0xb1, 0xcf, 0xab, 0x0d, 0x0a, 0x41);
    expect(readText(bytes, 'gb18030')).toEqual({ text: '潮汐\nA' });
    expect(readText(bytes, 'windows-1252')).toEqual({ fault: 'encoding' });
  });
});

test('any text in UTF-8 or marked UTF-16 is read as it is, but for its line ends', () => {
  const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/^\uFEFF|(?!\s)\p{Cc}/u.test(text));
  fc.assert(
    fc.property(texts, (text) => {
      const expected = { text: text.replace(/\r\n?/g, '\n') };
      expect(readText(Buffer.from(text))).toEqual(expected);
      expect(readText(Buffer.from(`\uFEFF${text}`))).toEqual(expected);
      expect(readText(utf16(`\uFEFF${text}`))).toEqual(expected);
      expect(readText(bigEndian(utf16(`\uFEFF${text}`)))).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});
