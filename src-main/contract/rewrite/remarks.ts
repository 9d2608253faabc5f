import { loopAtEnd } from '../text-loop.ts';
import { closings, closingSentences, openings, remarkNouns } from './remark-patterns.ts';

/** A model's answer without what isn't the text that was asked for. */
export interface BareText {
  readonly text: string;
  /** What was removed, in the order of the answer; of what was around the whole, the marks. */
  readonly removed: readonly string[];
}

/** Words in a row that a remark and the passage may have in common; in Chinese, characters. */
const sharedWords = 4;
const sharedCharacters = 6;
const han = /\p{Script=Han}/u;
const quotes = [
  ['"', '"'],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
  ['**', '**'],
] as const;
/** A block of code around everything, perhaps cut off before its end. */
const fence = /^(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)(?:\n\1[ \t]*)?$/u;

/**
 * What `answer` says in place of `passage`: without preambles, apologies, comments, quotes and code fences around the
 * whole, and without the further copies of a loop at its end. Nothing of the passage's own is removed: neither what the
 * passage says, too, nor what is removed by a rule that would also remove something of the passage.
 * @param instruction what the model was asked to do, which it may repeat; default none
 */
export function bareText(passage: string, answer: string, instruction = ''): BareText {
  const own = passage.trim();
  const before: string[] = [];
  const after: string[] = [];
  let text = answer.trim();
  // What one step uncovers, another may remove: a fence after a preamble, quotes within a fence.
  for (let rest = ''; rest !== text;) {
    rest = text;
    text = withoutEcho(text, own, instruction, before);
    text = withoutOpening(text, own, before);
    text = withoutClosing(text, own, after);
    text = unwrapped(text, own, before);
  }
  const loop = loopAtEnd(text, own);
  if (loop !== null) {
    after.unshift(text.slice(loop.second).trim());
    text = text.slice(0, loop.second).trimEnd();
  }
  return { text, removed: [...before, ...after] };
}

/** Whether `answer`, which is still growing, may turn out to be a preamble only. */
export function mayBeOpening(answer: string): boolean {
  const start = answer.trimStart();
  if (start.length > 160 || /[\n:：]/u.test(start)) return false;
  return /^(?:sure|certainly|of course|absolutely|okay|here(?:['’]s| is| are)|i['’]m sorry|i apologi|corrected|rewritten|revised|好的|当然|以下|没问题)/iu.test(
    start,
  );
}

/** Without the instruction, repeated at the start. */
function withoutEcho(text: string, passage: string, instruction: string, removed: string[]): string {
  const echo = instruction
    .trim()
    .replace(/[:：]$/u, '')
    .toLowerCase();
  const [quote] = /^["“'*]*/u.exec(text) ?? [''];
  const starts = (of: string) => of.toLowerCase().startsWith(echo);
  if (echo === '' || starts(passage) || !starts(text.slice(quote.length))) return text;
  const rest = text.slice(quote.length + echo.length).replace(/^[.:：*"”]*\s*/u, '');
  if (rest === '') return text;
  removed.push(text.slice(0, text.length - rest.length).trim());
  return rest;
}

function withoutOpening(text: string, passage: string, removed: string[]): string {
  for (const pattern of openings) {
    const [found] = pattern.exec(text) ?? [];
    if (found === undefined || found.length === text.length) continue;
    if (pattern.test(passage) || isOwn(found, passage)) continue;
    removed.push(found.trim());
    return text.slice(found.length).trimStart();
  }
  return text;
}

function withoutClosing(text: string, passage: string, removed: string[]): string {
  const start = closingStart(text, passage);
  if (start < text.length) {
    removed.unshift(withoutRules(text.slice(start)));
    return withoutRules(text.slice(0, start));
  }
  for (const pattern of closingSentences) {
    const found = pattern.exec(text);
    if (found === null || pattern.test(passage) || isOwn(found[0], passage)) continue;
    removed.unshift(found[0].trim());
    return text.slice(0, found.index).trimEnd();
  }
  return text;
}

/** Where the first paragraph starts from which on `text` is about itself; its end if there is none. */
function closingStart(text: string, passage: string): number {
  const paragraphs = (of: string) => [...of.matchAll(/(?<=\n[ \t]*\n[ \t]*)\S/gu)].map(({ index }) => index);
  const lastLine = text.lastIndexOf('\n') + 1;
  const starts = [...paragraphs(text), ...(lastLine > 0 ? [lastLine] : [])];
  const ofPassage = [0, ...paragraphs(passage), passage.lastIndexOf('\n') + 1].map((at) => passage.slice(at));
  for (const start of starts) {
    const rest = text.slice(start);
    const found = closings.find((closing) => closing.test(rest));
    if (found === undefined || ofPassage.some((own) => found.test(own))) continue;
    const [line = ''] = rest.split('\n');
    const nouns = line.match(remarkNouns) ?? [];
    const talksAlike = nouns.some((noun) => passage.toLowerCase().includes(noun.toLowerCase()));
    if (!talksAlike && !isOwn(line, passage)) return start;
  }
  return text.length;
}

/** Without a rule that set a text apart from a comment. */
function withoutRules(text: string): string {
  return text
    .trim()
    .replace(/(?:\n\s*|^)(?:-{3,}|\*{3,}|_{3,})$/u, '')
    .trim();
}

/** Without the quotes or the code fence around all of `text`, unless the passage has them, too. */
function unwrapped(text: string, passage: string, removed: string[]): string {
  if (!fence.test(passage)) {
    const [, mark = '', inside] = fence.exec(text) ?? [];
    if (inside !== undefined && !/^(?:`{3,}|~{3,})/mu.test(inside)) {
      removed.push(`${mark} … ${mark}`);
      return inside.trim();
    }
  }
  for (const [open, close] of quotes) {
    if (!text.startsWith(open) || passage.startsWith(open) || text.length <= open.length) continue;
    const closed = text.endsWith(close) && text.length > open.length + close.length;
    // An emphasis that isn't closed is a list item or the like.
    if (!closed && open === '**') continue;
    const inside = text.slice(open.length, closed ? -close.length : undefined);
    if (inside.includes(open) || inside.includes(close)) continue;
    removed.push(closed ? `${open} … ${close}` : open);
    return inside.trim();
  }
  return text;
}

/** Whether the passage says `remark`, too: a few of its words in a row, or all of them if they are fewer. */
function isOwn(remark: string, passage: string): boolean {
  const count = han.test(remark) ? sharedCharacters : sharedWords;
  const words = wordsOf(remark);
  const own = ` ${wordsOf(passage).join(' ')} `;
  if (words.length === 0) return false;
  for (let at = 0; at === 0 || at + count <= words.length; at++)
    if (own.includes(` ${words.slice(at, at + count).join(' ')} `)) return true;
  return false;
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .replace(/’/gu, "'")
      .match(/\p{Script=Han}|[\p{L}\p{M}\p{N}']+/gu) ?? []
  );
}
