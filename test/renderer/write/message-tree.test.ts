import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectedPath } from '../../../src-renderer/state/write/message-tree.ts';
import { message } from '../sample.ts';

const tree = [
  message({ id: 'question', parentId: null }),
  message({ id: 'first', parentId: 'question', role: 'assistant' }),
  message({ id: 'second', parentId: 'question', role: 'assistant' }),
  message({ id: 'below-first', parentId: 'first' }),
  message({ id: 'below-second', parentId: 'second' }),
];
const idsOf = (choices: Map<string | null, string>) =>
  selectedPath(tree, choices).map((step) => step.message.id);

test('an empty conversation has an empty path', () => {
  expect(selectedPath([], new Map())).toEqual([]);
});

test('the newest child is shown until another is chosen', () => {
  expect(idsOf(new Map())).toEqual(['question', 'second', 'below-second']);
  expect(idsOf(new Map([['question', 'first']]))).toEqual(['question', 'first', 'below-first']);
  expect(idsOf(new Map([['question', 'gone']]))).toEqual(['question', 'second', 'below-second']);
});

test('a step has its siblings and its index among them', () => {
  const step = selectedPath(tree, new Map([['question', 'first']]))[1];
  expect(step?.siblings).toEqual(['first', 'second']);
  expect(step?.position).toBe(0);
});

test('in any tree the path leads from parent to child and ends at a leaf', () => {
  const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(parents, fc.array(fc.nat(40)), (picks, wanted) => {
      const messages = picks.map((pick, index) =>
        message({ id: `${index}`, parentId: index === 0 ? null : `${pick % index}` }),
      );
      const choices = new Map<string | null, string>(
        wanted.map((index) => [messages[index % messages.length]?.parentId ?? null, `${index}`]),
      );
      const path = selectedPath(messages, choices);
      path.forEach((step, depth) => {
        expect(step.message.parentId).toBe(path[depth - 1]?.message.id ?? null);
        expect(step.siblings[step.position]).toBe(step.message.id);
      });
      const leaf = path.at(-1)?.message.id;
      expect(messages.some(({ parentId }) => parentId === leaf)).toBe(false);
    }),
  );
});
