import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { environmentOf } from '../../src-main/environment.ts';

const sources = path.join(import.meta.dirname, '../../src-main');

const variables = {
  FOREDRAFT_DATA: '/data',
  FOREDRAFT_MODELS: '/models',
  FOREDRAFT_SQLITE_BINDING: '/tmp/any.node',
};

describe('environmentOf', () => {
  test('takes all variables in the source tree', () => {
    const environment = environmentOf(variables, false);
    expect(environment).toEqual({
      dataFolder: '/data',
      modelFolder: '/models',
      sqliteBinding: '/tmp/any.node',
    });
  });

  test('takes none that loads code in a packaged app, whatever else is set', () => {
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(variables)),
      fc.string({ maxLength: 12 }).map((end) => `FOREDRAFT_${end}`),
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), (set) => {
        const { sqliteBinding, ...rest } = environmentOf(set, true);
        expect(sqliteBinding).toBeUndefined();
        // Negative control: the others are the same in both.
        const { sqliteBinding: unpackaged, ...same } = environmentOf(set, false);
        expect(unpackaged).toBe(set['FOREDRAFT_SQLITE_BINDING'] || undefined);
        expect(rest).toEqual(same);
      }),
    );
  });

  test('takes an empty variable as unset', () => {
    const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
    expect(environmentOf(empty, false)).toEqual({});
  });
});

test('main reads no other variable that names a file', () => {
  const files = fs.readdirSync(sources, { recursive: true, encoding: 'utf8' });
  const readers = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(sources, file), 'utf8');
      const names = [...text.matchAll(/(?:process\.env\[|chosen\()'(\w+)'/g)].map(([, name]) => name!);
      return names.map((name) => `${file.replaceAll(path.sep, '/')}: ${name}`);
    });
  expect(readers.sort()).toEqual([
    'data-folder.ts: XDG_CACHE_HOME',
    ...Object.keys(variables).map((name) => `environment.ts: ${name}`),
    // Names of instruction sets, checked against those that there are.
    'runtime/kernels.ts: FOREDRAFT_KERNELS',
    'runtime/onnx-api.ts: ORT_DISABLE_TELEMETRY',
  ]);
});
