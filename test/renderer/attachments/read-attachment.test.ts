import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAttachment } from '../../../src-renderer/state/write/attachments/read-attachment.ts';
import './word-file.ts';

const fixture = (name: string) =>
  new File([fs.readFileSync(path.join(import.meta.dirname, 'files', name))], name);
const file = (name: string, ...bytes: (string | Uint8Array<ArrayBuffer>)[]) => new File(bytes, name);
const reasonOf = async (attached: File, encoding = 'windows-1252') => {
  try {
    await readAttachment(attached, encoding);
    return 'accepted';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe('a text file', () => {
  test.each([
    ['notes.txt', ['Hällo\r\n☕ 潮汐'], 'Hällo\n☕ 潮汐'],
    ['NOTES.MD', ['\uFEFF# Title\rText'], '# Title\nText'],
    ['wide.txt', [new Uint8Array([0xff, 0xfe, 0x48, 0, 0x69, 0])], 'Hi'],
    ['old.txt', [new Uint8Array([0x43, 0x61, 0x66, 0xe9])], 'Café'],
  ] as const)('%s is decoded', async (name, bytes, text) => {
    expect(await readAttachment(file(name, ...bytes), 'windows-1252')).toEqual({ name, text });
  });

  test('may use the legacy encoding of a Chinese window', async () => {
    const bytes = new Uint8Array([0xb3, 0xb1, 0xcf, 0xab]);
    expect((await readAttachment(file('a.txt', bytes), 'gb18030')).text).toBe('潮汐');
  });
});

describe('an unusable file', () => {
  test.each([
    ['a picture by its name', file('a.png', 'x'), 'type'],
    ['a file without an extension', file('Makefile', 'x'), 'type'],
    ['a renamed executable', file('a.txt', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1])), 'binary'],
    ['only whitespace', file('a.md', ' \n '), 'empty'],
    ['a very long text', file('a.txt', 'word '.repeat(90_000)), 'too-long'],
    ['a huge file', file('a.txt', 'x'.repeat(4_000_001)), 'too-large'],
    ['an old Word file', file('a.doc', 'x'), 'old-word'],
    [
      'an old Word file with a new extension',
      file('a.docx', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1])),
      'old-word',
    ],
    ['a protected document', fixture('protected.docx'), 'encrypted'],
    ['a truncated document', fixture('cut.docx'), 'broken'],
    ['a ZIP file without a document', fixture('no-document.docx'), 'broken'],
    ['a text called .docx', file('a.docx', 'Hello, I am no ZIP file at all'), 'broken'],
    ['an empty .docx', file('a.docx', ''), 'broken'],
    ['a ZIP bomb', fixture('bomb.docx'), 'bomb'],
  ] as const)('%s is rejected with its reason', async (_what, attached, reason) => {
    expect(await reasonOf(attached)).toBe(reason);
  });

  test('a ZIP bomb with a wrong size in its directory is detected by inflating it', async () => {
    const bytes = fs.readFileSync(path.join(import.meta.dirname, 'files/bomb.docx'));
    const directory = bytes.lastIndexOf('PK\u0001\u0002');
    bytes.writeUInt32LE(100, directory + 24);
    expect(await reasonOf(new File([bytes], 'bomb.docx'))).toBe('bomb');
  });

  test('a folder or a deleted file is unreadable', async () => {
    const gone = { name: 'a.txt', size: 1, arrayBuffer: () => Promise.reject(new Error('NotFoundError')) };
    await expect(readAttachment(gone, 'windows-1252')).rejects.toMatchObject({ reason: 'unreadable' });
  });
});
