import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { requestNames } from './arbitrary-argument.ts';

const renderer = path.join(import.meta.dirname, '../../src-renderer');

test('the window sends every request in the list', () => {
  const files = fs.readdirSync(renderer, { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => /\.(ts|svelte)$/.test(file) && !file.startsWith('messages'))
    .map((file) => fs.readFileSync(path.join(renderer, file), 'utf8'))
    .join('\n');
  expect(requestNames.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
});
