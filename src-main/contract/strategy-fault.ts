import * as v from 'valibot';
import { hasOwnMessage, isUnknownMember, listedWords, wantedWords } from './issue-words.ts';

/** One sentence on why a strategy is invalid: the setting, what it must be, and what it is. */
export function strategyFault(issue: v.BaseIssue<unknown>, kinds: readonly string[]): string {
  const path = v.getDotPath(issue) ?? 'strategy';
  const { type, expected, received, message } = issue;
  if (isUnknownMember(issue)) return `strategy has no setting ${path}: remove it`;
  if (path === 'kind' || (path === 'strategy' && type !== 'check')) {
    return `strategy needs a kind, one of ${listedWords(kinds)}, not ${received}`;
  }
  if (type === 'check' && path === 'strategy') return `strategy: ${message}`;
  if (hasOwnMessage(issue)) return `strategy: ${message}, not ${received}`;
  if (received === 'undefined') return `strategy: ${path} is missing`;
  return `strategy: ${path} must be ${wantedWords(expected ?? '')}, not ${received}`;
}
