import * as v from 'valibot';
import { hasOwnMessage, isUnknownMember, wantedWords } from '../contract/issue-words.ts';

/** Longest piece of a wrong text that is repeated. */
const longestQuote = 40;

/** One sentence on why `request` is refused: which part of it, the value that this has, and what it must be. */
export function requestFault(request: string, issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? 'its argument';
  return `${request} is refused because ${place} ${stateOf(issue)}: ${remedyFor(issue)}.`;
}

const isMissing = ({ type, received, input }: v.BaseIssue<unknown>) =>
  (type === 'strict_object' && received === 'undefined') || input === undefined;

function stateOf(issue: v.BaseIssue<unknown>): string {
  if (isUnknownMember(issue)) return 'is unknown';
  return isMissing(issue) ? 'is missing' : `is ${worded(issue.input)}`;
}

/** A value in a few words, however large it is. */
function worded(value: unknown): string {
  if (typeof value === 'string') {
    const quoted = JSON.stringify(value.slice(0, longestQuote));
    return value.length > longestQuote ? `${quoted}… of ${value.length} characters` : quoted;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function remedyFor(issue: v.BaseIssue<unknown>): string {
  if (isUnknownMember(issue)) return 'leave it out';
  const { type, expected, message, requirement } = issue;
  // What a schema says of its own accord is a sentence already.
  if (hasOwnMessage(issue)) return message;
  switch (type) {
    case 'min_length':
      return requirement === 1 ? 'it must not be empty' : `it must be at least ${String(requirement)} long`;
    case 'max_length':
      return `it must be at most ${String(requirement)} long`;
    case 'min_value':
      return `it must be at least ${String(requirement)}`;
    case 'max_value':
      return `it must be at most ${String(requirement)}`;
    case 'integer':
      return 'it must be a whole number';
    case 'uuid':
      return 'it must be the id of something that is kept';
    default:
      return isMissing(issue) || expected === null
        ? 'give it a value that fits'
        : `it must be ${wantedWords(expected)}`;
  }
}
