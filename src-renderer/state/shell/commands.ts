import { fold } from '../../../src-main/contract/fold.ts';
import { containsAll, wordsOf } from './search.ts';

/** An action that can be run from anywhere: an entry of the command palette, or of the application menu. */
export interface Command {
  readonly id: string;
  /** In the window's language. */
  readonly name: string;
  /** Its keyboard shortcut, as written on this system. */
  readonly keys?: string;
  readonly run: () => void;
}

/** The commands whose names contain every word of `query`, those that start with its first word first. */
export function matchingCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = wordsOf(query);
  const found = commands.filter(({ name }) => containsAll(name, words));
  const first = words[0];
  if (first === undefined) return found;
  const startsWithFirst = ({ name }: Command) => fold(name).startsWith(first);
  return [...found.filter(startsWithFirst), ...found.filter((command) => !startsWithFirst(command))];
}
