import { type DiffPart, wordDiff } from './word-diff.ts';

/** Places after which a sentence or a line begins. */
const sentenceEnd = /[.!?…]["'”’)\]]*\s+|[。！？；…]["”’」』）]*\s*|\n+/gu;
const meaningless = /[\s\p{P}\p{S}]/gu;
/** Share of unchanged characters below which a sentence is replaced as a whole. */
const minUnchanged = 0.5;
/** Changes in a sentence from which on it is hard to read. */
const minChanges = 3;

/**
 * As `wordDiff`, but a sentence of which little stays, in many pieces, is replaced as a whole: words that are the same
 * by chance tell nothing, and such a sentence can't be read.
 */
export function readableDiff(before: string, after: string): readonly DiffPart[] {
  return withWholeSentences(wordDiff(before, after));
}

/**
 * `parts` of a word diff with sentences instead of shreds, as in `readableDiff`.
 * @param growing whether more text is to come: the last sentence is still compared by words
 */
export function withWholeSentences(parts: readonly DiffPart[], growing = false): readonly DiffPart[] {
  const sentences = sentencesOf(parts);
  const readable = sentences.flatMap((sentence, index) =>
    (growing && index === sentences.length - 1) || !isShredded(sentence) ? sentence : replaced(sentence),
  );
  return joined(readable);
}

/** The parts, divided where a sentence ends in both texts. */
function sentencesOf(parts: readonly DiffPart[]): readonly (readonly DiffPart[])[] {
  const sentences: DiffPart[][] = [[]];
  for (const { kind, text } of parts) {
    let start = 0;
    const add = (end: number) => {
      if (end > start) sentences.at(-1)!.push({ kind, text: text.slice(start, end) });
      start = end;
    };
    if (kind === 'same') {
      for (const match of text.matchAll(sentenceEnd)) {
        add(match.index + match[0].length);
        sentences.push([]);
      }
    }
    add(text.length);
  }
  return sentences;
}

function isShredded(sentence: readonly DiffPart[]): boolean {
  let changes = 0;
  let changing = false;
  const length = { same: 0, added: 0, removed: 0 };
  for (const { kind, text } of sentence) {
    length[kind] += text.replace(meaningless, '').length;
    if (kind !== 'same' && !changing) changes += 1;
    changing = kind !== 'same';
  }
  const whole = length.same + Math.max(length.added, length.removed);
  return changes >= minChanges && length.same < whole * minUnchanged;
}

/** One replacement, without the blanks and the punctuation that both texts have around it. */
function replaced(sentence: readonly DiffPart[]): readonly DiffPart[] {
  const without = (left: DiffPart['kind']) =>
    sentence.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('');
  const [before, after] = [without('added'), without('removed')];
  const isAround = (character: string | undefined) => character !== undefined && /[\s\p{P}]/u.test(character);
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start] && isAround(before[start])) start++;
  let end = 0;
  const last = (text: string) => text[text.length - 1 - end];
  while (end < shortest - start && last(before) === last(after) && isAround(last(before))) end++;
  const parts: readonly DiffPart[] = [
    { kind: 'same', text: before.slice(0, start) },
    { kind: 'removed', text: before.slice(start, before.length - end) },
    { kind: 'added', text: after.slice(start, after.length - end) },
    { kind: 'same', text: before.slice(before.length - end) },
  ];
  return parts.filter(({ text }) => text !== '');
}

/** `parts` with neighbours of one kind as one. */
function joined(parts: readonly DiffPart[]): readonly DiffPart[] {
  const whole: DiffPart[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last?.kind === part.kind) whole[whole.length - 1] = { ...last, text: last.text + part.text };
    else whole.push(part);
  }
  return whole;
}
