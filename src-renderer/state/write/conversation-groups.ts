import type { ConversationSummary } from '../../../src-main/contract/conversation.ts';

export type Age = 'today' | 'yesterday' | 'last-seven-days' | 'earlier';

export interface ConversationGroup {
  readonly age: Age;
  readonly conversations: readonly ConversationSummary[];
}

/** Midnight, in local time, of the day that is `days` before the one of `now`. */
function dayStart(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - days).getTime();
}

/** `conversations`, in the order given, under the age they have at `now` (milliseconds since 1970). */
export function groupByAge(conversations: readonly ConversationSummary[], now: number): ConversationGroup[] {
  const starts: readonly (readonly [Age, number])[] = [
    ['today', dayStart(now, 0)],
    ['yesterday', dayStart(now, 1)],
    ['last-seven-days', dayStart(now, 7)],
    ['earlier', -Infinity],
  ];
  const ageOf = (time: number) => starts.find(([, start]) => time >= start)?.[0] ?? 'earlier';
  return starts.flatMap(([age]) => {
    const members = conversations.filter(({ updatedAt }) => ageOf(updatedAt) === age);
    return members.length === 0 ? [] : [{ age, conversations: members }];
  });
}
