import type * as v from 'valibot';

/** Types as valibot writes them, in plain words. */
const readable: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  number: 'a number',
  string: 'a text',
  Array: 'a list',
  Object: 'an object',
  undefined: 'left out',
};

/** Whether the issue is an unknown member of an object. */
export function isUnknownMember({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

/** Whether the message comes from the schema and not from valibot. */
export function hasOwnMessage({ message }: v.BaseIssue<unknown>): boolean {
  return !message.startsWith('Invalid ');
}

/** What valibot expected in plain words: `("one" | "two" | boolean)` becomes "one, two, true or false". */
export function wantedWords(expected: string): string {
  const options = expected.replace(/^\(|\)$/g, '').split(' | ');
  const words = options.map((option) => option.replace(/^"|"$/g, ''));
  return listedWords(words.flatMap((word) => (readable[word] ?? word).split(' or ')));
}

/** Lists names as "one, two or three". */
export function listedWords(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
