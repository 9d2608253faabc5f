import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readFuses, unshippable } from '../../scripts/package/fuses.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-fuses-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A binary with these fuses, `1` for on, `0` for off, `r` for removed. */
function binaryWith(states: string, version = 1): string {
  const file = path.join(folder, 'electron');
  const wire = Buffer.from([version, states.length, ...Buffer.from(states)]);
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  fs.writeFileSync(file, Buffer.concat([Buffer.alloc(100, 1), Buffer.from(sentinel), wire, Buffer.alloc(9)]));
  return file;
}

const names = [
  ...['runAsNode', 'enableCookieEncryption', 'enableNodeOptionsEnvironmentVariable'],
  ...['enableNodeCliInspectArguments', 'enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar'],
  ...['loadBrowserProcessSpecificV8Snapshot', 'grantFileProtocolExtraPrivileges'],
];

test('any fuses are read back', () => {
  const states = fc.string({ unit: fc.constantFrom('0', '1', 'r'), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(states, (wire) => {
      const known = [...wire].slice(0, names.length).map((state, index) => [names[index], state === '1']);
      expect(readFuses(binaryWith(wire))).toEqual(Object.fromEntries(known));
    }),
  );
});

test('an app is shipped only with every door closed', () => {
  const closed = '00000100';
  expect(unshippable(readFuses(binaryWith(closed)))).toBeUndefined();
  const doors = [0, 2, 3, 5, 7];
  fc.assert(
    fc.property(fc.subarray(doors, { minLength: 1 }), (wrong) => {
      const states = [...closed].map((state, index) => (wrong.includes(index) ? 1 - Number(state) : state));
      const cause = unshippable(readFuses(binaryWith(states.join(''))));
      for (const index of doors) expect(cause?.includes(names[index]!)).toBe(wrong.includes(index));
    }),
  );
});

test('a file without fuses, or with those of another version, is refused', () => {
  const file = path.join(folder, 'other');
  fs.writeFileSync(file, 'not Electron');
  expect(() => readFuses(file)).toThrow('has no fuses');
  expect(() => readFuses(binaryWith('1', 2))).toThrow('version 2');
});
