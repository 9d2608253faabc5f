import type { Difference } from './alignment.ts';
import { isFunctionWord, isNegation, isProperWord } from './word-classes.ts';
import { startsSentence, type TextToken, tokensOf } from './tokens.ts';

/** A passage and its rewrite as tokens, and what a rule asks about both. */
export class Sides {
  readonly old: readonly TextToken[];
  readonly now: readonly TextToken[];
  /** Whether the passage is English: of other languages the lists of words know nothing. */
  readonly english: boolean;

  constructor(passage: string, text: string) {
    this.old = tokensOf(passage);
    this.now = tokensOf(text);
    const words = this.old.filter(({ kind }) => kind === 'word');
    const known = words.filter(({ text: word }) => isFunctionWord(word)).length;
    this.english = words.length < 4 || known >= words.length * 0.15;
  }

  before({ from, to }: Pick<Difference, 'from' | 'to'>): readonly TextToken[] {
    return this.old.slice(from, to);
  }

  after({ start, end }: Pick<Difference, 'start' | 'end'>): readonly TextToken[] {
    return this.now.slice(start, end);
  }

  /** Whether a word carries grammar only; short words do in a language whose words aren't known. */
  isFree({ kind, text }: TextToken): boolean {
    if (kind === 'han') return zhFunctionWords.has(text);
    return isFunctionWord(text) || (!this.english && text.length <= 4);
  }

  /** Negations in the sentence of the token at `index`. */
  negationsAround(tokens: readonly TextToken[], index: number): number {
    let [first, last] = [Math.min(index, tokens.length - 1), index];
    while (first > 0 && !endsSentence(tokens[first - 1]!)) first--;
    while (last < tokens.length && !endsSentence(tokens[last]!)) last++;
    return tokens.slice(first, last).filter(({ text }) => isNegation(text)).length;
  }

  /** Whether both positions are in one sentence of the passage. */
  inOneSentence(one: number, other: number): boolean {
    return !this.old.slice(Math.min(one, other), Math.max(one, other)).some(endsSentence);
  }
}

const zhFunctionWords = new Set(
  '的地得了着过在再和跟与及把被给对从到向往就才都也还又很更吗呢吧啊呀么们个是有之其所而但却并且于会',
);

export function endsSentence({ kind, text }: TextToken): boolean {
  return kind === 'break' || /^[.?!…。！？]$/u.test(text);
}

/** Whether the word at `index` is a name or an acronym as far as its letters tell: a capital inside a sentence. */
export function isName(tokens: readonly TextToken[], index: number): boolean {
  const { kind, text } = tokens[index]!;
  if (kind !== 'word' || !/^\p{Lu}/u.test(text) || /^I(?:['’]|$)/u.test(text)) return false;
  if (isProperWord(text) || /^\p{Lu}{2,}$/u.test(text)) return true;
  return startsSentence(tokens, index) === false;
}
