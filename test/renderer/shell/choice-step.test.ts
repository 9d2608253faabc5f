import { expect, test } from 'vitest';
import { choiceAfter } from '../../../src-renderer/state/shell/choice-step.ts';

test.each([
  ['ArrowDown', 0, 3, 1],
  ['ArrowDown', 2, 3, 0],
  ['ArrowUp', 0, 3, 2],
  ['ArrowUp', 2, 3, 1],
  ['ArrowUp', 9, 3, 1],
  ['ArrowDown', 9, 3, 0],
  ['ArrowDown', 0, 0, undefined],
  ['Enter', 1, 3, undefined],
])('%s from %i of %i leads to %s', (key, at, length, next) => {
  expect(choiceAfter(key, at, length)).toBe(next);
});
