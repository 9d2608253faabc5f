import type { RewriteMode } from '../../../src-main/contract/document.ts';

/** An introductory line such as "Here is the corrected text:". */
const leadIn =
  /^(?:sure|certainly|of course|here(?:'s|’s| is| are)|corrected|rewritten|revised|好的|以下是)[^\n]{0,120}[:：]\s*\n+/iu;
const quotes = [
  ['"', '"'],
  ['“', '”'],
  ['「', '」'],
] as const;

/**
 * The replacement of `selection` in a model's answer: without the remarks that models put around a text, and with the
 * blanks around the selection.
 */
export function rewrittenText(selection: string, answer: string, mode: RewriteMode): string {
  if (mode === 'continue') return selection + answer.trimEnd();
  const bare = unquoted(answer.trimStart().replace(leadIn, '').trim(), selection.trim());
  const [before] = /^\s*/u.exec(selection) ?? [''];
  const [after] = /\s*$/u.exec(selection.slice(before.length)) ?? [''];
  return bare === '' ? '' : before + bare + after;
}

/** Removes quotes around the whole answer, unless the selection has them too. */
function unquoted(answer: string, selection: string): string {
  for (const [open, close] of quotes) {
    if (!answer.startsWith(open) || selection.startsWith(open)) continue;
    const inside = answer.slice(1, answer.endsWith(close) && answer.length > 1 ? -1 : undefined);
    if (!inside.includes(open) && !inside.includes(close)) return inside.trim();
  }
  return answer;
}
