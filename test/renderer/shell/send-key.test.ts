import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isComposing, isSend } from '../../../src-renderer/state/shell/send-key.ts';

const keyPress = (part: Partial<KeyboardEvent>): KeyboardEvent =>
  ({
    ...{ key: 'Enter', keyCode: 13, isComposing: false, repeat: false },
    ...{ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
    ...part,
  }) as KeyboardEvent;
const flags = fc.record({
  ctrlKey: fc.boolean(),
  metaKey: fc.boolean(),
  altKey: fc.boolean(),
  shiftKey: fc.boolean(),
});

describe('Enter', () => {
  test.each([
    ['alone', {}, true, false],
    ['with Shift', { shiftKey: true }, false, false],
    ['with Ctrl', { ctrlKey: true }, true, true],
    ['with Command', { metaKey: true }, true, true],
    ['with Alt', { altKey: true }, false, false],
    ['with Ctrl and Shift', { ctrlKey: true, shiftKey: true }, false, false],
    ['with Command and Alt', { metaKey: true, altKey: true }, false, false],
    ['held', { repeat: true }, false, false],
    ['held with Ctrl', { repeat: true, ctrlKey: true }, false, false],
    ['of a composition', { isComposing: true }, false, false],
    ['of a composition marked by its key code alone', { keyCode: 229 }, false, false],
    ['of a composition with Ctrl', { keyCode: 229, ctrlKey: true }, false, false],
  ] as const)('%s', (_name, part, ifEnterSends, otherwise) => {
    expect(isSend(keyPress(part), true)).toBe(ifEnterSends);
    expect(isSend(keyPress(part), false)).toBe(otherwise);
  });

  test('never sends while an input method composes, whatever is held and set', () => {
    const composing = fc.constantFrom({ isComposing: true }, { keyCode: 229 });
    fc.assert(
      fc.property(flags, composing, fc.boolean(), (held, part, enterSends) => {
        const event = keyPress({ ...held, ...part });
        expect(isComposing(event)).toBe(true);
        expect(isSend(event, enterSends)).toBe(false);
      }),
    );
  });

  test('that sends where it makes a new line sends everywhere; Shift and Alt never send', () => {
    fc.assert(
      fc.property(flags, (held) => {
        const event = keyPress(held);
        // What sends when Enter makes a new line sends when Enter sends, too.
        if (isSend(event, false)) expect(isSend(event, true)).toBe(true);
        if (held.shiftKey || held.altKey) expect(isSend(event, true)).toBe(false);
      }),
    );
  });
});

test('no other key sends', () => {
  const keys = fc.string().filter((key) => key !== 'Enter');
  fc.assert(
    fc.property(keys, flags, fc.boolean(), (key, held, enterSends) => {
      expect(isSend(keyPress({ ...held, key, keyCode: 65 }), enterSends)).toBe(false);
    }),
  );
});
