import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectedPath } from '../../../src-renderer/state/write/message-tree.ts';
import { outlineOf } from '../../../src-renderer/state/write/outline.ts';
import { message } from '../sample.ts';

const tree = [
  message({ id: 'question', parentId: null }),
  message({ id: 'first', parentId: 'question', role: 'assistant' }),
  message({ id: 'below-first', parentId: 'first' }),
  message({ id: 'second', parentId: 'question', role: 'assistant' }),
  message({ id: 'edited', parentId: null }),
];
const linesFor = (choices: Map<string | null, string>) =>
  outlineOf(tree, selectedPath(tree, choices)).map(
    ({ message: { id }, level, shown, version, versions }) =>
      `${'-'.repeat(level)}${id} ${version}/${versions}${shown ? ' shown' : ''}`,
  );

test('versions are in order, whichever are shown; the newest stay at their level', () => {
  expect(
    linesFor(
      new Map([
        [null, 'question'],
        ['question', 'first'],
      ]),
    ),
  ).toEqual([
    '-question 1/2 shown',
    '--first 1/2 shown',
    '--below-first 1/1 shown',
    '-second 2/2',
    'edited 2/2',
  ]);
});

test('off the shown path, the newest version stays at its level', () => {
  expect(linesFor(new Map())).toEqual([
    '-question 1/2',
    '--first 1/2',
    '--below-first 1/1',
    '-second 2/2',
    'edited 2/2 shown',
  ]);
});

test('every message of any tree occurs once, below its parent', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (picks) => {
      const messages = picks.map((pick, index) =>
        message({ id: `${index}`, parentId: index === 0 ? null : `${pick % index}` }),
      );
      const ids = outlineOf(messages, selectedPath(messages, new Map())).map((row) => row.message.id);
      expect([...ids].sort()).toEqual(messages.map(({ id }) => id).sort());
      for (const parent of new Set(messages.map(({ parentId }) => parentId))) {
        const versions = messages.filter(({ parentId }) => parentId === parent).map(({ id }) => id);
        expect(ids.filter((id) => versions.includes(id))).toEqual(versions);
      }
      for (const { id, parentId } of messages)
        if (parentId !== null) expect(ids.indexOf(parentId)).toBeLessThan(ids.indexOf(id));
    }),
  );
});

test('a path of 5,000 messages does not overflow the stack', () => {
  const messages = Array.from({ length: 5000 }, (_, index) =>
    message({ id: `${index}`, parentId: index === 0 ? null : `${index - 1}` }),
  );
  const rows = outlineOf(messages, selectedPath(messages, new Map()));
  expect(rows).toHaveLength(5000);
  expect(rows.every(({ level, shown }) => level === 0 && shown)).toBe(true);
});
