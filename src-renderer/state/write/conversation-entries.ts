import type { ConversationSummary } from '../../../src-main/contract/conversation.ts';
import { groupByAge, type Age } from './conversation-groups.ts';

/** A line of the list of conversations. */
export type ConversationEntry =
  | { readonly kind: 'heading'; readonly name: Age | 'starred' }
  | {
      readonly kind: 'conversation';
      readonly conversation: ConversationSummary;
      /** The time to show: that of the last change or of the deletion. */
      readonly age: Age;
    };

/**
 * The lines of a list of conversations at `now` (milliseconds since 1970), in the order given: starred ones first,
 * then the others by age, each group under its heading.
 */
export function entriesOf(
  conversations: readonly ConversationSummary[],
  now: number,
): readonly ConversationEntry[] {
  const starred = conversations.filter((conversation) => conversation.starred);
  const others = conversations.filter((conversation) => !conversation.starred);
  const rowsOf = (list: readonly ConversationSummary[]): ConversationEntry[] =>
    groupByAge(list, now).flatMap(({ age, conversations: members }) =>
      members.map((conversation) => ({ kind: 'conversation', conversation, age })),
    );
  return [
    ...(starred.length === 0 ? [] : [{ kind: 'heading', name: 'starred' } as const, ...rowsOf(starred)]),
    ...groupByAge(others, now).flatMap(({ age, conversations: members }): ConversationEntry[] => [
      { kind: 'heading', name: age },
      ...members.map((conversation) => ({ kind: 'conversation', conversation, age }) as const),
    ]),
  ];
}

/** The lines of deleted conversations, in the order given. */
export function deletedEntriesOf(
  conversations: readonly ConversationSummary[],
  now: number,
): readonly ConversationEntry[] {
  const byDeletion = conversations.map((conversation) => ({
    ...conversation,
    updatedAt: conversation.deletedAt ?? conversation.updatedAt,
  }));
  return groupByAge(byDeletion, now).flatMap(({ age, conversations: members }) =>
    members.map((conversation) => ({ kind: 'conversation', conversation, age }) as const),
  );
}
