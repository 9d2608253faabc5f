import { ForedraftError } from '../contract/error.ts';

/** Longest start of a file that is looked at, in bytes. */
export const inspectedBytes = 512;

interface FileKind {
  readonly matches: (start: Buffer) => boolean;
  /** What it is, and what to do. */
  readonly sentence: string;
}

const startsWith =
  (...signatures: readonly string[]) =>
  (start: Buffer) =>
    signatures.some((signature) =>
      start.subarray(0, signature.length).equals(Buffer.from(signature, 'latin1')),
    );
const text = (pattern: RegExp) => (start: Buffer) =>
  pattern.test(start.toString('utf8').replace(/^\uFEFF/, ''));

/** What is found in place of a model, the first that matches. */
const kinds: readonly FileKind[] = [
  { matches: ({ length }) => length === 0, sentence: 'but empty: download it again' },
  {
    matches: text(/^version https:\/\/git-lfs/),
    sentence: 'but a Git LFS pointer to one: run git lfs pull, or download the file itself',
  },
  {
    matches: text(/^\s*(<!doctype html|<html|<head|<body|<script|<!--)/i),
    sentence: "but a web page: use the page's download link",
  },
  {
    matches: text(/^\s*<\?xml|^\s*<Error>/),
    sentence: "but XML, such as a server's error message: download it again",
  },
  { matches: text(/^\s*[{[]/), sentence: "but JSON, such as a server's error message: download it again" },
  {
    matches: startsWith('PK\x03\x04', '\x1f\x8b', '7z\xbc\xaf', '\xfd7zXZ', '(\xb5/\xfd', 'BZh', 'Rar!'),
    sentence: 'but an archive or a PyTorch file: unpack it, or choose the model in GGUF format',
  },
  {
    matches: (start) => start.subarray(8, 10).toString('latin1') === '{"',
    sentence: 'but a safetensors file: choose the model in GGUF format',
  },
  {
    matches: startsWith('lmgg', 'fmgg', 'tjgg', 'algg', 'ggml', 'ggmf', 'ggjt', 'ggla'),
    sentence: 'but in a format that llama.cpp used before it: choose the model in GGUF format',
  },
  {
    matches: startsWith('\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'),
    sentence: 'but a Python pickle, which may run any code: choose the model in GGUF format',
  },
  { matches: startsWith('\x89HDF'), sentence: 'but an HDF5 file: choose the model in GGUF format' },
  {
    matches: (start) => start.every((byte) => byte === 0),
    sentence: 'but begins with zeros, as an unfinished download does: download it again',
  },
];

/**
 * The error about a file that doesn't begin as a GGUF file does.
 * @param start its first bytes, `inspectedBytes` or all
 */
export function notGguf(path: string, start: Buffer): ForedraftError {
  const kind = kinds.find(({ matches }) => matches(start));
  const bytes = start.subarray(0, 4).toString('hex');
  const sentence = kind?.sentence ?? `(it begins with the bytes ${bytes}): choose another file`;
  return new ForedraftError('model-file-invalid', `${path} is not a GGUF file ${sentence}.`, { path });
}

/**
 * Checks the version and byte order of a GGUF file.
 * @param start its first bytes, 8 or more unless the file is shorter
 * @throws ForedraftError `model-unsupported`; a truncated head is left to the parser
 */
export function requireReadableVersion(path: string, start: Buffer): void {
  if (start.length < 8) return;
  const version = start.readUInt32LE(4);
  if (version >= 1 && version <= 3) return;
  const bigEndian = start.readUInt32BE(4) >= 1 && start.readUInt32BE(4) <= 3;
  const what = bigEndian
    ? 'is big-endian, and only little-endian files are supported: choose a file made for x86 or ARM processors'
    : `has version ${version} of GGUF, and versions 1 to 3 are supported: choose another file, or update the app`;
  throw new ForedraftError('model-unsupported', `${path} ${what}.`, { path });
}
