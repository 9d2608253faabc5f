/** Quotes and lists inside one another that are shown as such; a model that repeats itself makes thousands. */
export const deepestNesting = 30;

/**
 * Marks of one kind in a part of a text. The lexer looks for the end of each of them up to the end of its
 * paragraph: with twice as many it takes four times as long.
 */
const mostMarks = 600;

const level = String.raw`[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))`;
const deepLine = new RegExp(
  String.raw`^(?:(?:${level}){${deepestNesting + 1}}|[ \t]{60,}(?:[-*+]|\d{1,9}[.)])[ \t])`,
  'm',
);

/** Whether reading `text` as Markdown would take the lexer long: it is shown as it is written then. */
export function isTangled(text: string): boolean {
  return (
    deepLine.test(text) ||
    [/[*_~]+/g, /[[\]()]/g, /[<&@`\\]/g].some((marks) => countOf(text, marks) > mostMarks)
  );
}

function countOf(text: string, marks: RegExp): number {
  let count = 0;
  while (count <= mostMarks && marks.exec(text) !== null) count += 1;
  return count;
}
