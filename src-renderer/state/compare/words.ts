import type { RunToken } from '../../../src-main/contract/run.ts';
import type { Cell, FigureName } from '../../../src-main/report/result-table.ts';
import type { Language } from '../shell/language.svelte.ts';

const digits: Readonly<Record<FigureName, number>> = {
  tokensPerSecond: 1,
  firstTokenMs: 3,
  outputTokens: 0,
  forwards: 0,
  tokensPerForward: 2,
  acceptance: 0,
  logProbabilitySum: 1,
  logProbabilityMean: 3,
  perplexity: 2,
  distinct1: 2,
  distinct2: 2,
  distinct3: 2,
  repetition: 2,
};

/** A figure as shown in the table: times in seconds, acceptance rates in percent. */
export function figureText(language: Language, name: FigureName, value: number): string {
  if (name === 'firstTokenMs') return language.number(value / 1000, value < 1000 ? 3 : 2);
  if (name === 'acceptance') return language.percent(value);
  // The median of an even number of counts may lie between two of them.
  const halves = digits[name] === 0 && !Number.isInteger(value);
  return language.number(value, halves ? 1 : digits[name]);
}

/** Half of the range of the repeats as ±; null if all are equal. */
export function spreadText(language: Language, name: FigureName, { minimum, maximum }: Cell): string | null {
  const half = (maximum - minimum) / 2;
  if (half === 0) return null;
  return `±${figureText(language, name, half)}`;
}

/** A token with its log-probability; null is the end of the text. */
export function tokenText(language: Language, token: RunToken | null): string {
  if (token === null) return language.text('token-end');
  const value = language.number(token.logProbability, 2);
  return language.text('token-figure', {
    text: token.text.replaceAll('\n', '⏎'),
    value: token.approximate ? language.text('figure-approximate', { value }) : value,
  });
}
