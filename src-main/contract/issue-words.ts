import type * as v from 'valibot';

/** How valibot writes what it expected, and how a person would. */
const readable: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  number: 'a number',
  string: 'a text',
  Array: 'a list',
  Object: 'an object',
  undefined: 'left out',
};

/** Whether the issue is a member that its object doesn't have. */
export function isUnknownMember({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

/** Whether the issue's message was written for its schema, and isn't one of valibot's. */
export function hasOwnMessage({ message }: v.BaseIssue<unknown>): boolean {
  return !message.startsWith('Invalid ');
}

/** What valibot expected, `("one" | "two" | boolean)`, as "one, two, true or false". */
export function wantedWords(expected: string): string {
  const options = expected.replace(/^\(|\)$/g, '').split(' | ');
  const words = options.map((option) => option.replace(/^"|"$/g, ''));
  return listedWords(words.flatMap((word) => (readable[word] ?? word).split(' or ')));
}

/** `names` as "one, two or three". */
export function listedWords(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
