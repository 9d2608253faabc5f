import type { Message } from '../../../src-main/contract/conversation.ts';
import { childrenByParent, type PathStep } from './message-tree.ts';

/** One message of the whole tree, as a line. */
export interface OutlineRow {
  readonly message: Message;
  /** Indentation: the number of branches between the message and the line of the newest versions. */
  readonly level: number;
  /** Whether it is on the shown path. */
  readonly shown: boolean;
  /** 1-based index among the messages with the same parent, and their number. */
  readonly version: number;
  readonly versions: number;
}

/**
 * Every message of a conversation. Versions are in order, so that their numbers are: the newest stays at the level of
 * its parent; those before it are one level deeper, each with its subtree.
 */
export function outlineOf(messages: readonly Message[], path: readonly PathStep[]): readonly OutlineRow[] {
  const children = childrenByParent(messages);
  const shown = new Set(path.map(({ message }) => message.id));
  const rows: OutlineRow[] = [];
  const open: OutlineRow[] = [];
  const push = (parentId: string | null, level: number) => {
    const versions = children.get(parentId) ?? [];
    const below = versions.map((message, index) => ({
      message,
      level: index === versions.length - 1 ? level : level + 1,
      shown: shown.has(message.id),
      version: index + 1,
      versions: versions.length,
    }));
    // A stack: what is pushed last comes first.
    open.push(...below.reverse());
  };
  push(null, 0);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    rows.push(next);
    push(next.message.id, next.level);
  }
  return rows;
}
