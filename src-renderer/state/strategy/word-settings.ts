import type { StrategyInput } from '../../../src-main/contract/strategy.ts';

/** Settings whose words are typed one per line. */
export interface WordTexts {
  banned: string;
  forced: string;
  /** Lines of a text, =, and the number added to its score. */
  bias: string;
}

export type WordSettings = Pick<
  Extract<StrategyInput, { kind: 'greedy' }>,
  'bannedWords' | 'forcedWords' | 'logitBias'
>;

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** Whether every line of the biases is a text, = and a number from -100 to 100. */
export function biasIsRight(text: string): boolean {
  return linesOf(text).every((line) => {
    const [, word, number] = /^(.+)=\s*([+-]?\d+(?:\.\d+)?)\s*$/.exec(line) ?? [];
    return word !== undefined && word.trim() !== '' && Math.abs(Number(number)) <= 100;
  });
}

/** The settings for the typed words; those without words are left out. */
export function wordSettings({ banned, forced, bias }: WordTexts): WordSettings {
  const bannedWords = linesOf(banned).map((line) => line.trim());
  const forcedWords = linesOf(forced).map((line) => line.trim());
  const logitBias = linesOf(bias).map((line) => {
    const place = line.lastIndexOf('=');
    return { text: line.slice(0, place).trim(), bias: Number(line.slice(place + 1)) };
  });
  return {
    ...(bannedWords.length > 0 ? { bannedWords } : {}),
    ...(forcedWords.length > 0 ? { forcedWords } : {}),
    ...(logitBias.length > 0 ? { logitBias } : {}),
  };
}

/** The words of a strategy's settings, as typed text. */
export function wordTexts({ bannedWords = [], forcedWords = [], logitBias = [] }: WordSettings): WordTexts {
  return {
    banned: bannedWords.join('\n'),
    forced: forcedWords.join('\n'),
    bias: logitBias.map(({ text, bias }) => `${text} = ${bias}`).join('\n'),
  };
}
