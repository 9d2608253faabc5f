import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../../src-main/contract/conversation.ts';
import {
  type ConversationEntry,
  deletedEntriesOf,
  entriesOf,
} from '../../../src-renderer/state/write/conversation-entries.ts';

const now = new Date(2026, 2, 10, 9, 0).getTime();
const hour = 60 * 60 * 1000;
const conversation = (
  id: string,
  hoursAgo: number,
  part: Partial<ConversationSummary> = {},
): ConversationSummary => ({
  id,
  title: id,
  systemPrompt: '',
  createdAt: 0,
  updatedAt: now - hoursAgo * hour,
  starred: false,
  archived: false,
  deletedAt: null,
  ...part,
});
const lines = (entries: readonly ConversationEntry[]) =>
  entries.map((entry) =>
    entry.kind === 'heading' ? `# ${entry.name}` : `${entry.conversation.id} ${entry.age}`,
  );

test('starred conversations come first, each with its age', () => {
  const list = [
    conversation('a', 1),
    conversation('b', 2, { starred: true }),
    conversation('c', 30),
    conversation('d', 400, { starred: true }),
  ];
  expect(lines(entriesOf(list, now))).toEqual([
    '# starred',
    'b today',
    'd earlier',
    '# today',
    'a today',
    '# yesterday',
    'c yesterday',
  ]);
  expect(entriesOf([], now)).toEqual([]);
});

test('deleted conversations are listed by time of deletion', () => {
  const list = [
    conversation('a', 900, { deletedAt: now - hour }),
    conversation('b', 1, { deletedAt: now - 48 * hour }),
  ];
  expect(lines(deletedEntriesOf(list, now))).toEqual(['a today', 'b last-seven-days']);
});
