import { expect, test } from 'vitest';
import { beginningOf } from '../../src-main/documents/document-rows.ts';

test.each(['😀', '𠮷', '👨‍👩‍👧‍👦', 'e\u0323\u0302', '🇩🇪', '\u1112\u1161\u11ab', '👍🏽', '1\uFE0F\u20E3', 'नि'])(
  'the beginning of a document never holds a part of %j, however much white space is before it',
  (character) => {
    for (let spaces = 370; spaces < 402; spaces++) {
      const beginning = beginningOf(`a${' '.repeat(spaces)}${character.repeat(20)}`);
      expect(beginning).toMatch(new RegExp(`^a(?: (?:${character})+)?$`, 'u'));
    }
  },
);
