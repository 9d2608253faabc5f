import * as v from 'valibot';
import { hasOwnMessage, isUnknownMember, wantedWords } from '../contract/issue-words.ts';
import { firstCharacters } from '../contract/graphemes.ts';

/** Longest quote of an invalid text. */
const maximumQuoteLength = 40;

/** One sentence on why `request` is refused: the member at fault, its value, and what it must be. */
export function requestFault(request: string, issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? 'its argument';
  return `${request} is refused because ${place} ${stateOf(issue)}: ${remedyFor(issue)}.`;
}

const isMissing = ({ type, received, input }: v.BaseIssue<unknown>) =>
  (type === 'strict_object' && received === 'undefined') || input === undefined;

function stateOf(issue: v.BaseIssue<unknown>): string {
  if (isUnknownMember(issue)) return 'is unknown';
  return isMissing(issue) ? 'is missing' : `is ${quoted(issue.input)}`;
}

/** A value of any size in a few words. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') {
    const quoted = JSON.stringify(firstCharacters(value, maximumQuoteLength));
    return value.length > maximumQuoteLength ? `${quoted}… of ${value.length} characters` : quoted;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function remedyFor(issue: v.BaseIssue<unknown>): string {
  if (isUnknownMember(issue)) return 'leave it out';
  const { type, expected, message, requirement } = issue;
  // A message written for the schema is a sentence already.
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
      return 'it must be a UUID';
    default:
      return isMissing(issue) || expected === null
        ? 'give it a value that fits'
        : `it must be ${wantedWords(expected)}`;
  }
}
