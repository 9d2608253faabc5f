import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StrategyInput } from '../../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { generate } from '../../../src-main/engine/generate.ts';
import type { TokenId } from '../../../src-main/engine/model.ts';
import { TokenIndex } from '../../../src-main/engine/policy/token-index.ts';
import { Word } from '../../../src-main/engine/policy/word.ts';
import { applyLogitBiases, banWords, forceWords } from '../../../src-main/engine/policy/words.ts';
import type { Vocabulary } from '../../../src-main/engine/vocabulary.ts';
import { HashModel, token } from '../../fakes/hash-model.ts';

/** The text of each token; the last ones are parts of characters, and `end` has no bytes. */
const pieces = [
  ...[
    '<end>',
    ' ',
    '\n',
    '(',
    ')',
    '"',
    '**',
    '.',
    ',',
    '-',
    '=',
    'r',
    'a',
    'i',
    'n',
    't',
    's',
    'the',
    ' the',
  ],
  ...['rain', ' rain', 'Rain', ' Rain', 'RAIN', 'ra', ' ra', 'Ra', 'in', 'ain', '(rain', 'train', ' rainbow'],
  ...[
    '4',
    '2',
    '42',
    ' 42',
    '1',
    '春',
    '天',
    '春天',
    '，',
    'ä',
    'New',
    ' New',
    'York',
    ' York',
    ' rain fell',
  ],
];
const parts = [[0xe6], [0x98, 0xa5], [0xe5, 0xa4], [0xa9], [0xc3], [0xa9], [0xe6, 0x98]];
const bytes = [...pieces.map((piece) => [...new TextEncoder().encode(piece)]), ...parts];
bytes[0] = [];
const vocabulary: Vocabulary = {
  text: (id) => pieces[id] ?? '\uFFFD',
  bytes: (id) => Uint8Array.from(bytes[id] ?? []),
  textDecoder() {
    const decoder = new TextDecoder();
    return { add: (id) => decoder.decode(this.bytes(id), { stream: true }) };
  },
};
const index = new TokenIndex(vocabulary, bytes.length);
const idOf = (piece: string) => token(pieces.indexOf(piece));
/** A text as tokens, one for each piece between the bars. */
const spelled = (text: string): TokenId[] => (text === '' ? [] : text.split('|').map(idOf));
const part = (...numbers: number[]) => numbers.map((number) => token(pieces.length + number));
const end = new Set([token(0)]);
const mayEnd = (answer: readonly TokenId[], word: string) => {
  const scores = new Float32Array(bytes.length);
  forceWords(scores, answer, [new Word(word, index)], 4, end, 0);
  return scores[0] === 0;
};

describe('a forced word', () => {
  test.each([
    ['at the start', 'rain', 'rain'],
    ['after a space', 'the| rain', 'rain'],
    ['in a bracket', '(|rain|)', 'rain'],
    ['in a bracket, in one token', '(rain|)', 'rain'],
    ['in quotes', '"|rain|"', 'rain'],
    ['in bold', '**|rain|**', 'rain'],
    ['after a line break', 'the|\n|rain', 'rain'],
    ['after a hyphen', 'the|-|rain', 'rain'],
    ['spelled by letters', '(|r|a|i|n', 'rain'],
    ['in other parts', ' ra|in|.', 'rain'],
    ['with a capital at the start', 'Rain|.', 'rain'],
    ['in capitals', 'the| |RAIN', 'rain'],
    ['given with a space', 'rain', ' rain'],
    ['given with spaces around', '(|rain', '  rain '],
    ['inside a token', ' rain fell', 'rain'],
    ['in Chinese', '，|春天', '春天'],
    ['in Chinese, between characters', '天|春|天|春', '春天'],
    ['in Chinese, in parts of characters', '', '春天'],
    ['of two words', 'the| New| York', 'New York'],
    ['of two words, at the start', 'New| York|.', 'New York'],
    ['of digits', 'the|=|4|2', '42'],
    ['of a sign', 'the|,| the', ','],
    ['of an accented letter', '(|ä|)', 'a\u0308'],
  ])('counts %s', (where, answer, word) => {
    const tokens = where.endsWith('parts of characters') ? part(0, 1, 2, 3) : spelled(answer);
    expect(mayEnd(tokens, word)).toBe(true);
  });

  test.each([
    ['part of a longer word before', 'the| ra|in|s', 'rain'],
    ['part of a longer word behind', 'train', 'rain'],
    ['part of a longer word, in parts', 't|rain', 'rain'],
    ['part of a longer word in a token', ' rainbow', 'rain'],
    ['not written', 'the', 'rain'],
    ['not finished', 'the| ra', 'rain'],
    ['not finished, in Chinese', '春', '春天'],
    ['part of a longer number', '1|42', '42'],
    ['part of a longer number before', '42|1', '42'],
    ['without its capital', ' rain', 'Rain'],
    ['two words apart', 'New|\n|York', 'New York'],
  ])('doesn’t count as %s', (_where, answer, word) => {
    expect(mayEnd(spelled(answer), word)).toBe(false);
  });

  test.each([
    ['', 'rain'],
    ['the', ' rain'],
    ['(', 'rain'],
    ['the|\n', 'rain'],
    ['the| ', 'rain'],
    [' ra', 'in'],
    ['r', 'ain'],
    ['(|Ra', 'in'],
    ['t|ra', ' rain'],
    ['the|.', ' rain'],
    ['春', ' rain'],
  ])('after %j is favoured by %j', (answer, next) => {
    const scores = new Float32Array(bytes.length);
    forceWords(scores, spelled(answer), [new Word('rain', index)], 4, new Set(), 0);
    expect([...scores.entries()].filter(([, score]) => score !== 0)).toEqual([[idOf(next), 4]]);
  });

  test('is continued within a character, and begun after it', () => {
    const word = new Word('春天', index);
    expect(word.next(part(0), 0)).toBe(part(1)[0]);
    expect(word.next(part(0, 1, 2), 0)).toBe(part(3)[0]);
    expect(word.next(part(4), 0)).toBe(undefined);
    expect(word.next(spelled('the'), 0)).toBe(idOf('春天'));
  });

  test('counts in the answer alone', () => {
    const scores = new Float32Array(bytes.length);
    const context = [...spelled('the| rain'), ...spelled('the')];
    forceWords(scores, context, [new Word('rain', index)], 4, end, 2);
    expect(scores[0]).toBe(-Infinity);
  });
});

describe('a biased word', () => {
  const biased = (context: string, word: string, bias = 3) => {
    const scores = new Float32Array(bytes.length);
    applyLogitBiases(scores, spelled(context), [{ word: new Word(word, index), bias }]);
    return Object.fromEntries([...scores].flatMap((score, id) => (score === 0 ? [] : [[pieces[id], score]])));
  };

  test.each([
    ['the|=|4', '42', { '2': 3, ' 42': 3 }],
    ['the| |4', '42', { '2': 3, ' 42': 3 }],
    ['the| |4', ' 42', { '2': 3, ' 42': 3 }],
    ['1|4', '42', { ' 42': 3 }],
    ['the|=', '42', { '42': 3, ' 42': 3 }],
    ['the', 'New York', {}],
    ['the| New', 'New York', { ' York': 3 }],
    ['the| New| ', 'New York', { York: 3 }],
    ['，', '春天', { 春天: 3 }],
    ['春', '春天', { 天: 3, 春天: 3 }],
  ])('after %j, %j is counted once for each token that completes it', (context, word, expected) => {
    expect(biased(context, word)).toEqual(expected);
  });

  test('has every spelling', () => {
    const expected = ['rain', ' rain', 'Rain', ' Rain', 'RAIN', '(rain', ' rain fell'];
    expect(Object.keys(biased('', 'rain')).sort()).toEqual([...expected].sort());
    expect(Object.keys(biased('t', 'rain'))).not.toContain('rain');
    expect(Object.keys(biased('the', 'Rain')).sort()).toEqual([' Rain']);
  });

  test('adds up with another entry', () => {
    const scores = new Float32Array(bytes.length);
    const entries = ['42', ' 42'].map((text) => ({ word: new Word(text, index), bias: 2 }));
    applyLogitBiases(scores, spelled('the|=|4'), entries);
    expect(scores[idOf('2')]).toBe(4);
  });

  test('is never a special token', () => {
    expect(biased('', '<end>')).toEqual({});
  });
});

/** The ends of a word in `text`, as the settings mean it. */
function endsOf(word: string, text: string): number[] {
  const trimmed = word.trim();
  const forms = [trimmed, trimmed.toUpperCase(), trimmed[0]!.toUpperCase() + trimmed.slice(1)];
  const spaced = (character: string | undefined) => /[a-z0-9ä]/i.test(character ?? '');
  const ends: number[] = [];
  for (const form of new Set(forms)) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      const after = at + form.length;
      const inWord =
        (spaced(form[0]) && spaced(text[at - 1])) || (spaced(form.at(-1)) && spaced(text[after]));
      if (!inWord) ends.push(after);
    }
  }
  return ends;
}

const words = fc.constantFrom('rain', ' rain', 'Rain', '42', '春天', '天', 'New York', 'ä', '(', 'the', 'in');
const texts = fc.array(fc.integer({ min: 1, max: pieces.length - 1 }).map(token), { maxLength: 8 });
const textOf = (tokens: readonly TokenId[]) => tokens.map((id) => pieces[id]).join('');

test('the tokens that complete a word are those after which it ends in the text', () => {
  fc.assert(
    fc.property(words, texts, (word, context) => {
      const before = textOf(context);
      const expected = pieces.flatMap((piece, id) =>
        id > 0 && endsOf(word, before + piece).some((place) => place > before.length) ? [id] : [],
      );
      const found = [...new Word(word, index).completions(context)].filter((id) => id < pieces.length);
      expect(found.sort((one, other) => one - other)).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});

test('an answer contains a word where its text does', () => {
  fc.assert(
    fc.property(words, texts, (word, answer) => {
      expect(new Word(word, index).isIn(answer, 0)).toBe(endsOf(word, textOf(answer)).length > 0);
    }),
    { numRuns: 3000 },
  );
});

describe('in every strategy', () => {
  const settings = {
    bannedWords: ['the', '春'],
    forcedWords: ['rain'],
    logitBias: [{ text: '42', bias: 5 }],
  };
  const speculative = { kind: 'speculative', proposer: 'prompt-lookup' } as const;
  const greedy = { kind: 'greedy', ...settings } as const;
  const sampling = { kind: 'sampling', seed: 5, temperature: 1.5, ...settings } as const;
  const answer = async (strategy: StrategyInput, seed: number) => {
    const model = new HashModel({ vocabularySize: bytes.length, endTokens: [0], seed });
    const found: TokenId[] = [];
    const events = generate({
      model,
      sequence: model.open(),
      prompt: spelled('the| rain|.'),
      vocabulary,
      strategy: parseStrategy(strategy),
      maxTokens: 60,
      stopTexts: [],
      alternatives: 0,
      signal: { aborted: false },
      now: () => 0,
    });
    for await (const event of events) if (event.type === 'token') found.push(token(event.id));
    return found;
  };

  test.each([1, 2, 3, 4, 5, 6])('words mean the same (model %i)', async (seed) => {
    for (const policy of [greedy, sampling]) {
      const plain = await answer(policy, seed);
      expect(await answer({ ...speculative, policy }, seed)).toEqual(plain);
      expect(await answer({ kind: 'auto', policy }, seed)).toEqual(plain);
      const text = plain.map((id) => (id < pieces.length ? pieces[id] : '')).join('');
      expect(text).not.toMatch(/(?<![a-z0-9ä])the(?![a-z0-9ä])(?!rain)|春/i);
      if (plain.at(-1) === token(0)) expect(endsOf('rain', text).length).toBeGreaterThan(0);
    }
  });
});

test('a ban holds for every spelling', () => {
  const banned = (context: string) => {
    const scores = new Float32Array(bytes.length);
    banWords(scores, spelled(context), [new Word('rain', index)]);
    return [...scores].flatMap((score, id) => (score === 0 ? [] : [pieces[id]]));
  };
  const whole = ['rain', ' rain', 'Rain', ' Rain', 'RAIN', '(rain', ' rain fell'];
  expect(banned('the|.').sort()).toEqual([...whole].sort());
  expect(banned('(|ra').sort()).toEqual([...whole.filter((piece) => !/^r/i.test(piece)), 'in'].sort());
  expect(banned('t|r|a|i')).not.toContain('n');
});
