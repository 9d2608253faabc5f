import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rendererLayers } from './renderer-layers.ts';
import { cycles, importBreaches, styleBreaches } from './rules.ts';
import { importsOf, readSources, sourceFile } from './source-files.ts';

const project = path.join(import.meta.dirname, '../..');
const sources = [...readSources(project, 'src-main'), ...readSources(project, 'src-renderer')];

describe('the sources', () => {
  test('respect the layers', () => {
    expect(sources.length).toBeGreaterThan(80);
    expect(importBreaches(sources)).toEqual([]);
  });
  test('have no import cycles', () => expect(cycles(sources)).toEqual([]));
  test('follow the other rules', () => expect(styleBreaches(sources)).toEqual([]));
});

describe('the rules', () => {
  test('let a layer of the renderer import only layers listed before it', () => {
    const names = rendererLayers.map(({ name }) => name);
    const known = new Set(['messages', 'report', 'contract']);
    for (const { name, layers } of rendererLayers) {
      expect(layers.filter((imported) => !known.has(imported))).toEqual([]);
      known.add(name);
    }
    expect(known.size).toBe(names.length + 3);
  });

  test('recognize every kind of import', () => {
    const text = `import a from 'one';
import {
  b,
} from "./two.ts";
import type { C } from './three.ts';
import './four.css';
export { d } from './five.ts';
const e = await import('./six.ts');
const f = 'import g from "seven"';`;
    expect(importsOf(text)).toEqual(['one', './two.ts', './three.ts', './four.css', './five.ts', './six.ts']);
  });

  test.each([
    ['src-main/engine/a.ts', `import fs from 'node:fs';`, 'must not import the package node:fs'],
    ['src-main/engine/a.ts', `import { b } from '../runtime/b.ts';`, 'engine may import contract'],
    ['src-main/contract/a.ts', `import type { B } from '../engine/b.ts';`, 'contract may import nothing'],
    ['src-main/host/client.ts', `import { b } from '../runtime/load.ts';`, 'host may import contract'],
    ['src-main/database/a.ts', `import koffi from 'koffi';`, 'package koffi'],
    ['src-renderer/App.svelte', `import { b } from '../src-main/host/b.ts';`, 'window may import'],
    ['src-renderer/messages/a.ts', `import { b } from '../state/runs/b.ts';`, 'message keys may import'],
    ['src-renderer/state/write/a.ts', `import B from '../../components/write/B.svelte';`, 'must not import'],
    ['src-renderer/state/shell/a.ts', `import { b } from '../write/b.ts';`, 'state/shell may import'],
    ['src-renderer/state/runs/a.ts', `import { b } from '../compare/b.ts';`, 'state/runs may import'],
    [
      'src-renderer/state/compare/a.ts',
      `import type { B } from '../write/b.ts';`,
      'state/compare may import',
    ],
    ['src-renderer/state/write/a.ts', `import { b } from '../../screens.ts';`, 'state/write may import'],
    ['src-renderer/state/write/a.ts', `import { EditorView } from '@codemirror/view';`, '@codemirror/view'],
    [
      'src-renderer/components/shell/A.svelte',
      `import { b } from '../../state/write/b.ts';`,
      'components/shell may import',
    ],
    [
      'src-renderer/components/markdown/A.svelte',
      `import B from '../write/B.svelte';`,
      'components/markdown may import',
    ],
    [
      'src-renderer/components/runs/A.svelte',
      `import B from '../compare/B.svelte';`,
      'components/runs may import',
    ],
    [
      'src-renderer/components/write/A.svelte',
      `import B from '../documents/B.svelte';`,
      'components/write may import',
    ],
    ['src-renderer/a.ts', `import { app } from 'electron';`, 'package electron'],
    ['src-main/main.ts', `import { b } from '../src-renderer/messages/b.ts';`, 'main may import'],
    ['src-main/elsewhere/a.ts', '', 'belongs to no layer'],
  ])('reject %s with %s', (file, text, sentence) => {
    expect(importBreaches([sourceFile(file, text)])).toEqual([expect.stringContaining(sentence)]);
  });

  test('find an import cycle', () => {
    const files = [
      sourceFile('src-main/host/a.ts', `import { b } from './b.ts';`),
      sourceFile('src-main/host/b.ts', `import { c } from './c.ts';`),
      sourceFile('src-main/host/c.ts', `import type { A } from './a.ts';`),
    ];
    expect(cycles(files)).toHaveLength(1);
    expect(cycles(files.slice(0, 2))).toEqual([]);
    const recursive = sourceFile('src-renderer/Tree.svelte', `import Tree from './Tree.svelte';`);
    expect(cycles([recursive])).toEqual([]);
  });

  test.each([
    ['is too long', 'src-main/host/a.ts', 'x;\n'.repeat(301), 'lines'],
    ['is a barrel', 'src-main/host/a.ts', `export { b } from './b.ts';\nexport * from './c.ts';\n`, 'barrel'],
    ['reads a clock', 'src-main/engine/a.ts', 'const now = Date.now();', 'clock'],
    ['renders HTML', 'src-renderer/A.svelte', '<p>{@html text}</p>', 'HTML'],
    ['uses the bridge', 'src-renderer/a.ts', 'window.api.on();', 'window.api'],
    ['has a generic name', 'src-main/host/utils.ts', 'const a = 1;', 'generic name'],
  ])('reject a file that %s', (_, file, text, sentence) => {
    expect(styleBreaches([sourceFile(file, text)])).toEqual([expect.stringContaining(sentence)]);
  });
});
