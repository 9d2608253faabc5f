/** A part of a prompt: text, in which nothing is special, or a control token, named by its text. */
export type PromptPart = { readonly text: string } | { readonly control: string };

/** Matches every one of `texts`, such as control tokens, the longest first; nothing if there are none. */
export function longestFirstPattern(texts: Iterable<string>): string {
  const longestFirst = [...texts].sort((one, other) => other.length - one.length);
  return longestFirst.map((text) => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|') || '(?!)';
}

/** The parts of a prompt whose author writes all of it, control tokens included. */
export function rawPromptParts(prompt: string, controlTokens: Iterable<string>): PromptPart[] {
  const pattern = new RegExp(`(${longestFirstPattern(controlTokens)})`, 'u');
  return prompt
    .split(pattern)
    .map((part, index): PromptPart => (index % 2 === 0 ? { text: part } : { control: part }));
}
