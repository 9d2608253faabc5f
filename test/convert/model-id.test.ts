import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelIdOf } from '../../src-main/convert/model-id.ts';

describe('the id of a model', () => {
  test.each([
    ['SmolLM2-135M-Instruct-Q8_0', 'smollm2-135m-instruct-q8-0'],
    ['Meta Llama 3.1 (8B)', 'meta-llama-3.1-8b-'],
    ['写作助手', '写作助手'],
    ['翻译助手 2', '翻译助手-2'],
    ['Модель 1', 'модель-1'],
    ['Данные 1', 'данные-1'],
    ['مساعد الكتابة', 'مساعد-الكتابة'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['लेखन सहायक', 'लेखन-सहायक'],
    ['ผู้ช่วย', 'ผู้ช่วย'],
    ['글쓰기', '글쓰기'],
    ['글쓰기'.normalize('NFD'), '글쓰기'],
    ['Café', 'café'],
    ['Cafe\u0301', 'café'],
    ['𐐀𐐁', '𐐨𐐩'],
    ['模型①', '模型①'],
  ])('named %j is %j', (name, id) => {
    expect(modelIdOf(name)).toBe(id);
  });

  test.each([
    [['😀', '😁', '🤖', '!!!', '???', '…', '.', '..', '☕', '→']],
    [['C++ helper', 'C# helper', 'C* helper', 'C helper']],
    [['助手😀', '助手😁', '助手']],
    [['con', 'CON.', 'con.v1', 'nul', 'lpt1']],
    [[`${'长'.repeat(90)}一`, `${'长'.repeat(90)}二`]],
    [['Модель 1', 'Данные 1', 'モデル 1', 'דגם 1', '모델 1', 'Μοντέλο 1']],
  ])('differs among %j', (names) => {
    const ids = names.map(modelIdOf);
    expect(new Set(ids).size).toBe(names.length);
    for (const id of ids) {
      expect(id).not.toMatch(/[/\\:*?"<>|\s]|^[.-]|\.$|^$/);
      expect(id).not.toMatch(/^(con|prn|aux|nul|(com|lpt)[0-9])(\.|$)/);
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(143);
    }
  });

  test('differs wherever letters, digits or symbols do', () => {
    const plain = (name: string) =>
      name
        .normalize('NFC')
        .toLowerCase()
        .normalize('NFC')
        .replace(/[\s_()[\]{},'-]+/gu, '-');
    const names = fc.string({ unit: fc.constantFrom(...'aA字語яéß1２😀🤖+#.- _\u0301'), maxLength: 6 });
    fc.assert(
      fc.property(names, names, (one, other) => {
        fc.pre(plain(one) !== plain(other));
        expect(modelIdOf(one)).not.toBe(modelIdOf(other));
      }),
      { numRuns: 2000 },
    );
  });
});
