import * as v from 'valibot';

/** How valibot writes what it expected, and how a person would. */
const readable: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  number: 'a number',
  string: 'a text',
  Array: 'a list',
  Object: 'an object',
};

/** One sentence on what is wrong with a strategy: the setting, what it may be, and what it is. */
export function strategyFault(issue: v.BaseIssue<unknown>, kinds: readonly string[]): string {
  const path = v.getDotPath(issue) ?? 'strategy';
  const { type, expected, received, message } = issue;
  if (type === 'strict_object' && expected === 'never') return `strategy has no setting ${path}: remove it`;
  if (path === 'kind' || (path === 'strategy' && type !== 'check')) {
    return `strategy needs a kind, one of ${listed(kinds)}, not ${received}`;
  }
  if (type === 'check' && path === 'strategy') return `strategy: ${message}`;
  const own = !message.startsWith('Invalid ');
  if (own) return `strategy: ${message}, not ${received}`;
  if (received === 'undefined') return `strategy: ${path} is missing`;
  return `strategy: ${path} must be ${choices(expected ?? '')}, not ${received}`;
}

/** `("one" | "two" | boolean)` as "one, two, true or false". */
function choices(expected: string): string {
  const options = expected.replace(/^\(|\)$/g, '').split(' | ');
  const words = options.map((option) => option.replace(/^"|"$/g, ''));
  return listed(words.flatMap((word) => (readable[word] ?? word).split(' or ')));
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
