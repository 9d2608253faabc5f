import fc from 'fast-check';
import { expect, test } from 'vitest';
import { written } from '../../../src-renderer/state/shell/shortcut.ts';

const cases = [
  ['P', ['shift'], true, 'Ctrl+Shift+P', '⇧⌘P'],
  ['N', [], true, 'Ctrl+N', '⌘N'],
  ['1…9', ['alt'], true, 'Ctrl+Alt+1…9', '⌥⌘1…9'],
  ['K', ['shift', 'alt'], true, 'Ctrl+Alt+Shift+K', '⌥⇧⌘K'],
  ['Enter', [], false, 'Enter', '↩'],
  ['Enter', ['shift'], false, 'Shift+Enter', '⇧↩'],
  ['Enter', [], true, 'Ctrl+Enter', '⌘↩'],
  ['Backspace', ['shift'], true, 'Ctrl+Shift+Backspace', '⇧⌘⌫'],
  ['wheel', [], true, 'Ctrl+wheel', '⌘ wheel'],
  ['滚轮', ['shift'], true, 'Ctrl+Shift+滚轮', '⇧⌘ 滚轮'],
  ['Esc', [], false, 'Esc', 'Esc'],
  ['↑ / ↓', ['alt'], false, 'Alt+↑ / ↓', '⌥↑ / ↓'],
] as const;

test.each(cases)('%s with %j is written in the style of the system', (key, more, command, other, mac) => {
  expect(written(key, more, command, false)).toBe(other);
  expect(written(key, more, command, true)).toBe(mac);
});

test('the order of the modifiers doesn’t depend on the order they are given in', () => {
  const modifiers = fc.shuffledSubarray(['shift', 'alt'] as const);
  fc.assert(
    fc.property(modifiers, fc.string(), fc.boolean(), fc.boolean(), (more, key, command, mac) => {
      expect(written(key, more, command, mac)).toBe(written(key, [...more].reverse(), command, mac));
    }),
  );
});
