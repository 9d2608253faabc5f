import type { Message } from '../../../src-main/contract/conversation.ts';
import { childrenByParent, type PathStep } from './message-tree.ts';

/** One message of the whole tree, as a line. */
export interface OutlineRow {
  readonly message: Message;
  /** How many branches it is away from the line that runs through the tree; from 0. */
  readonly level: number;
  /** Whether it is on the path that is shown. */
  readonly shown: boolean;
  /** 1-based place among the messages with the same parent, and how many these are. */
  readonly version: number;
  readonly versions: number;
}

/**
 * Every message of a conversation. What is shown, or else the newest version, runs on at its level; other versions
 * stand before it, one level further in, each with all that is below it.
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
    // Taken from the end: the line that runs on comes last.
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
