/** An action that can be run from anywhere: an entry of the command palette, or of the application menu. */
export interface Command {
  readonly id: string;
  /** In the window's language. */
  readonly name: string;
  readonly run: () => void;
}

/** The commands whose names contain every word of `query`, those that start with its first word first. */
export function matchingCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = wordsOf(query);
  const found = commands.filter(({ name }) => containsAll(name, words));
  const first = words[0];
  if (first === undefined) return found;
  const startsWithFirst = ({ name }: Command) => name.toLowerCase().startsWith(first);
  return [...found.filter(startsWithFirst), ...found.filter((command) => !startsWithFirst(command))];
}

/** The lower-case words of a search query. */
export function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

export function containsAll(text: string, words: readonly string[]): boolean {
  const lowerCase = text.toLowerCase();
  return words.every((word) => lowerCase.includes(word));
}
