import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Licences } from '../../src-main/licences.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';

const parts = [
  { name: 'Foredraft', version: '1.0.0', licence: 'Apache-2.0', text: 'Of the program' },
  { name: '@scope/part', version: '2.0.0', licence: 'MIT', text: 'Of a part' },
  { name: '@scope/part', version: '3.0.0', licence: 'ISC', text: 'Of its newer version' },
];

function licencesIn(content: unknown): Licences {
  const folder = temporaryFolder();
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  fs.writeFileSync(path.join(folder, 'licences.json'), text);
  return new Licences(folder);
}

test('the list has no texts, and the program first', async () => {
  const list = await licencesIn(parts).list();
  expect(list).toEqual(parts.map(({ name, version, licence }) => ({ name, version, licence })));
});

test('a text is found by name and version, or not at all', async () => {
  const licences = licencesIn(parts);
  for (const { name, version, text } of parts) expect(await licences.textOf(name, version)).toBe(text);
  const unknown = [
    ['Foredraft', '2.0.0'],
    ['part', '2.0.0'],
    ['', ''],
    ['../licences.json', '1'],
    ['__proto__', ''],
  ];
  for (const [name, version] of unknown)
    await expect(licences.textOf(name!, version!)).rejects.toMatchObject({ code: 'not-found' });
});

test('a missing or damaged file is an error that names it', async () => {
  const refused = {
    code: 'file-failed',
    message: expect.stringMatching(/licences\.json can't be read.*install/s) as string,
  };
  await expect(new Licences(temporaryFolder()).list()).rejects.toMatchObject(refused);
  const damaged = fc.oneof(
    fc.string(),
    fc.json(),
    fc.nat(JSON.stringify(parts).length - 1).map((length) => JSON.stringify(parts).slice(0, length)),
  );
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(damaged, async (text) => {
      fs.writeFileSync(path.join(folder, 'licences.json'), text);
      await expect(new Licences(folder).list()).rejects.toMatchObject(refused);
    }),
  );
});
