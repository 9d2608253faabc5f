import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../../src-main/contract/conversation.ts';
import { groupByAge } from '../../../src-renderer/state/write/conversation-groups.ts';

const at = (id: string, updatedAt: Date): ConversationSummary => ({
  id,
  title: id,
  systemPrompt: '',
  createdAt: 0,
  updatedAt: updatedAt.getTime(),
  starred: false,
  archived: false,
  deletedAt: null,
});
const now = new Date(2026, 2, 10, 9, 0).getTime();

test('days change at local midnight, and empty groups are left out', () => {
  const list = [
    at('later', new Date(2026, 2, 10, 23, 59)),
    at('midnight', new Date(2026, 2, 10, 0, 0)),
    at('before', new Date(2026, 2, 9, 23, 59)),
    at('week', new Date(2026, 2, 3, 0, 0)),
    at('old', new Date(2026, 2, 2, 23, 59)),
  ];
  const groups = groupByAge(list, now).map(({ age, conversations }) => [
    age,
    conversations.map(({ id }) => id),
  ]);
  expect(groups).toEqual([
    ['today', ['later', 'midnight']],
    ['yesterday', ['before']],
    ['last-seven-days', ['week']],
    ['earlier', ['old']],
  ]);
  expect(groupByAge([], now)).toEqual([]);
});
