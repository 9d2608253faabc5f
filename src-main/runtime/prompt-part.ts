/** A part of a prompt: text, in which nothing is special, or a control token, named by its text. */
export type PromptPart = { readonly text: string } | { readonly control: string };

/** Matches every control token, the longest first; nothing if there are none. */
export function controlTokenPattern(controlTokens: Iterable<string>): string {
  const longestFirst = [...controlTokens].sort((one, other) => other.length - one.length);
  return longestFirst.map((token) => token.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|') || '(?!)';
}

/** The parts of a prompt whose author writes all of it, control tokens included. */
export function rawPromptParts(prompt: string, controlTokens: Iterable<string>): PromptPart[] {
  const pattern = new RegExp(`(${controlTokenPattern(controlTokens)})`, 'u');
  return prompt
    .split(pattern)
    .map((part, index): PromptPart => (index % 2 === 0 ? { text: part } : { control: part }));
}
