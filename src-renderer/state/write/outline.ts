import type { Message } from '../../../src-main/contract/conversation.ts';
import { childrenByParent, type PathStep } from './message-tree.ts';

/** One message of the whole tree, as a line. */
export interface OutlineRow {
  readonly message: Message;
  /** Indentation: the number of branches between the message and the main line of the tree. */
  readonly level: number;
  /** Whether it is on the shown path. */
  readonly shown: boolean;
  /** 1-based index among the messages with the same parent, and their number. */
  readonly version: number;
  readonly versions: number;
}

/**
 * Every message of a conversation. The shown version, or else the newest, stays at the level of its parent; other
 * versions come before it, one level deeper, each with its subtree.
 */
export function outlineOf(messages: readonly Message[], path: readonly PathStep[]): readonly OutlineRow[] {
  const children = childrenByParent(messages);
  const shown = new Set(path.map(({ message }) => message.id));
  const rows: OutlineRow[] = [];
  const open: OutlineRow[] = [];
  const push = (parentId: string | null, level: number) => {
    const versions = children.get(parentId) ?? [];
    const main = versions.find(({ id }) => shown.has(id)) ?? versions.at(-1);
    const below = versions.map((message, index) => ({
      message,
      level: message === main ? level : level + 1,
      shown: shown.has(message.id),
      version: index + 1,
      versions: versions.length,
    }));
    // A stack: the main line is pushed first, and so comes last.
    open.push(...below.filter(({ message }) => message === main));
    open.push(...below.filter(({ message }) => message !== main).reverse());
  };
  push(null, 0);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    rows.push(next);
    push(next.message.id, next.level);
  }
  return rows;
}
