import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileNameFrom, printableName } from '../../src-main/contract/file-name.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';

describe('a file name', () => {
  test.each([
    ['Beam against greedy', 'Beam against greedy'],
    ['../What: "is" this?\n', 'What is this'],
    ['a/b\\c*d<e>f|g', 'a b c d e f g'],
    ['CON', '_CON'],
    ['prn', '_prn'],
    ['Aux.old', '_Aux.old'],
    ['nul .txt', '_nul .txt'],
    ['com1', '_com1'],
    ['LPT9', '_LPT9'],
    ['COM¹', '_COM¹'],
    ['lpt³.a.b', '_lpt³.a.b'],
    ['CONIN$', '_CONIN$'],
    [' nul. ', '_nul'],
    ['con\u202E', '_con'],
    ['N<U>L', 'N U L'],
    ['console', 'console'],
    ['com10', 'com10'],
    ['ends with dots...', 'ends with dots'],
    ['ends with . . ', 'ends with'],
    ['.hidden', 'hidden'],
    ['version 1.5', 'version 1.5'],
    ['写作助手', '写作助手'],
    ['Модель 1', 'Модель 1'],
    ['مساعد الكتابة', 'مساعد الكتابة'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['लेखन सहायक', 'लेखन सहायक'],
    ['ผู้ช่วยเขียน', 'ผู้ช่วยเขียน'],
    ['cafe\u0301', 'café'],
    ['😀 👨‍👩‍👧‍👦 ❤️', '😀 👨‍👩‍👧‍👦 ❤️'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['soft\u00ADhyphen\u200B', 'softhyphen'],
    ['two\tlines\r\nand\u2028three', 'two lines and three'],
    ['full\u3000width\u00A0space', 'full width space'],
    ['half \uD83D of a pair', 'half of a pair'],
    ['', 'Untitled'],
    ['...', 'Untitled'],
    ['/ \\', 'Untitled'],
    ['\u200D\uFE0F\u3164', 'Untitled'],
  ])('made of %j is %j', (name, expected) => {
    expect(fileNameFrom(name, 'Untitled')).toBe(expected);
  });

  test.each([
    ['x'.repeat(500), 'x'.repeat(120)],
    ['字'.repeat(200), '字'.repeat(40)],
    ['я'.repeat(200), 'я'.repeat(60)],
    ['a' + '😀'.repeat(100), 'a' + '😀'.repeat(29)],
    ['👨‍👩‍👧‍👦'.repeat(20), '👨‍👩‍👧‍👦'.repeat(4)],
    ['x'.repeat(118) + 'e\u0323\u0302\u0301', 'x'.repeat(118)],
    ['x'.repeat(118) + '. and more', 'x'.repeat(118)],
    ['a' + '\u0301\u0302'.repeat(500), /^á/],
  ])('of %j is cut between characters at 120 bytes', (name, expected) => {
    const short = fileNameFrom(name, 'Untitled');
    if (typeof expected === 'string') expect(short).toBe(expected);
    else expect(short).toMatch(expected);
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(120);
  });

  const characters = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .array(fc.constantFrom(...'con.prn nul:/\\*?"<>|\n字é😀\u200D\u202E\uD800 .'), { maxLength: 90 })
      .map((all) => all.join('')),
  );

  test('is valid on Windows and can be created here, whatever it is made of', () => {
    const folder = temporaryFolder();
    fc.assert(
      fc.property(characters, (name) => {
        const stem = fileNameFrom(name, 'Untitled');
        // eslint-disable-next-line no-control-regex -- Windows refuses them
        expect(stem).not.toMatch(/[\u0000-\u001f\\/:*?"<>|]|^[. ]|[. ]$|^$/);
        expect(stem).not.toMatch(/^(con|prn|aux|nul|(com|lpt)[0-9¹²³])\s*(\.|$)/i);
        expect(Buffer.from(stem, 'utf8').toString('utf8')).toBe(stem);
        expect(Buffer.byteLength(stem)).toBeLessThanOrEqual(121);
        const file = path.join(folder, `${stem}.md`);
        fs.writeFileSync(file, '');
        fs.rmSync(file);
      }),
      { numRuns: 1000 },
    );
  });

  test('stays as it is when it is made again', () => {
    fc.assert(
      fc.property(characters, (name) => {
        const stem = fileNameFrom(name, 'Untitled');
        expect(fileNameFrom(stem, 'Untitled')).toBe(stem);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a printable name keeps what a file name excludes', () => {
  expect(printableName(' Notes: "A/B"? \n.txt\u202E ')).toBe('Notes: "A/B"? .txt');
});
