import type { Message } from '../../../src-main/contract/conversation.ts';

/** One message of the shown path, and its index among its siblings. */
export interface PathStep {
  readonly message: Message;
  /** Identifiers of all messages with the same parent, oldest first; this one included. */
  readonly siblings: readonly string[];
  /** 0-based place of this message in `siblings`. */
  readonly position: number;
}

/** Which child is shown below each parent; a parent that is missing shows its newest child. */
export type Choices = ReadonlyMap<string | null, string>;

/** The messages below each parent, in the order given; first messages are below null. */
export function childrenByParent(messages: readonly Message[]): Map<string | null, Message[]> {
  const children = new Map<string | null, Message[]>();
  for (const message of messages) {
    const siblings = children.get(message.parentId);
    if (siblings === undefined) children.set(message.parentId, [message]);
    else siblings.push(message);
  }
  return children;
}

/** The path from a first message to a leaf that `choices` selects. */
export function selectedPath(messages: readonly Message[], choices: Choices): PathStep[] {
  const children = childrenByParent(messages);
  const path: PathStep[] = [];
  let siblings = children.get(null);
  while (siblings !== undefined) {
    const wanted = choices.get(siblings[0]?.parentId ?? null);
    const found = siblings.findIndex((message) => message.id === wanted);
    const position = found === -1 ? siblings.length - 1 : found;
    const message = siblings[position];
    if (message === undefined) break;
    path.push({ message, siblings: siblings.map((sibling) => sibling.id), position });
    siblings = children.get(message.id);
  }
  return path;
}
