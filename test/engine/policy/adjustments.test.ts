import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TokenId } from '../../../src-main/engine/model.ts';
import {
  banEarlyEnd,
  banRepeatedNgrams,
  penaliseOccurrence,
  penaliseRepetition,
} from '../../../src-main/engine/policy/adjustments.ts';
import {
  defaultBreakers,
  penaliseRepeatedSequences,
  suffixMatches,
  tokensContaining,
} from '../../../src-main/engine/policy/dry.ts';
import { applyLogitBiases, banWords, forceWords } from '../../../src-main/engine/policy/words.ts';
import { wordsOf } from '../../fakes/characters.ts';
import { letters, tokens } from '../../fakes/hash-model.ts';

/** The scores of six tokens, all 1 at first, after `adjust`. */
function adjusted(adjust: (scores: Float32Array) => void): number[] {
  const scores = new Float32Array(6).fill(1);
  adjust(scores);
  return [...scores];
}

/** The tokens among six that `adjust` bans. */
const bannedBy = (adjust: (scores: Float32Array) => void) =>
  adjusted(adjust).flatMap((score, id) => (score === -Infinity ? [id] : []));

const repetitive = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 40 }).map((ids) => tokens(...ids));

test('repetition penalty counts from the given index', () => {
  expect(adjusted((scores) => penaliseRepetition(scores, tokens(0, 1, 2), 2, 1))).toEqual([
    1, 0.5, 0.5, 1, 1, 1,
  ]);
});

test('presence counts once, frequency every time, the prompt not at all', () => {
  const context = tokens(5, 5, 0, 1, 0);
  const amounts = (presence: number, frequency: number) =>
    adjusted((scores) => penaliseOccurrence(scores, context, { presence, frequency }, 2));
  expect(amounts(0.5, 0)).toEqual([0.5, 0.5, 1, 1, 1, 1]);
  expect(amounts(0, 0.25)).toEqual([0.5, 0.75, 1, 1, 1, 1]);
  expect(amounts(-1, 0.5)).toEqual([1, 1.5, 1, 1, 1, 1]);
});

describe('no-repeat n-gram', () => {
  test('bans tokens that would complete an n-gram again', () => {
    const context = tokens(0, 1, 2, 0, 1);
    expect(bannedBy((scores) => banRepeatedNgrams(scores, context, 3))).toEqual([2]);
    expect(bannedBy((scores) => banRepeatedNgrams(scores, context, 2))).toEqual([2]);
    expect(bannedBy((scores) => banRepeatedNgrams(scores, context, 1))).toEqual([0, 1, 2]);
    expect(bannedBy((scores) => banRepeatedNgrams(scores, context, 6))).toEqual([]);
    expect(bannedBy((scores) => banRepeatedNgrams(scores, context, 0))).toEqual([]);
  });

  test('allowed tokens repeat no n-gram, banned ones do', () => {
    fc.assert(
      fc.property(repetitive, fc.integer({ min: 1, max: 4 }), (context, size) => {
        const banned = bannedBy((scores) => banRepeatedNgrams(scores, context, size));
        for (const id of [0, 1, 2]) {
          const text = [...context, id];
          const ngrams = text.slice(size - 1).map((_, start) => text.slice(start, start + size).join());
          expect(banned.includes(id)).toBe(ngrams.slice(0, -1).includes(ngrams.at(-1) ?? ''));
        }
      }),
    );
  });
});

const word = wordsOf(6);

describe('logit bias and banned words', () => {
  const biases = [
    { word: word(tokens(3)), bias: 2 },
    { word: word(tokens(1, 4)), bias: -3 },
    { word: word(tokens(0, 1, 4)), bias: 0.5 },
  ];

  test('a word of several tokens counts if the context ends with its first ones', () => {
    expect(adjusted((scores) => applyLogitBiases(scores, tokens(2), biases))).toEqual([1, 1, 1, 3, 1, 1]);
    expect(adjusted((scores) => applyLogitBiases(scores, tokens(2, 1), biases))).toEqual([1, 1, 1, 3, -2, 1]);
    expect(adjusted((scores) => applyLogitBiases(scores, tokens(0, 1), biases))).toEqual([
      1, 1, 1, 3, -1.5, 1,
    ]);
  });

  test('only the last token of a word is banned', () => {
    const words = [word(tokens(3)), word(tokens(1, 4))];
    expect(bannedBy((scores) => banWords(scores, tokens(), words))).toEqual([3]);
    expect(bannedBy((scores) => banWords(scores, tokens(1), words))).toEqual([3, 4]);
  });
});

describe('forced words', () => {
  const words = [word(tokens(1, 2)), word(tokens(3))];
  const end = new Set(tokens(5));
  const forced = (...answer: number[]) =>
    adjusted((scores) => forceWords(scores, tokens(1, 2, 3, ...answer), words, 4, end, 3));

  test('raise their next token and ban the end until all are written', () => {
    expect(forced()).toEqual([1, 5, 1, 5, 1, -Infinity]);
    expect(forced(1)).toEqual([1, 1, 5, 5, 1, -Infinity]);
    expect(forced(1, 0)).toEqual([1, 5, 1, 5, 1, -Infinity]);
    expect(forced(1, 2, 0)).toEqual([1, 1, 1, 5, 1, -Infinity]);
    expect(forced(3, 1, 2)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

test('minimum length bans the end tokens until it is reached', () => {
  const end = new Set(tokens(0, 5));
  expect(bannedBy((scores) => banEarlyEnd(scores, 2, 3, end))).toEqual([0, 5]);
  expect(bannedBy((scores) => banEarlyEnd(scores, 3, 3, end))).toEqual([]);
});

describe('DRY', () => {
  const settings = { multiplier: 1, base: 2, allowedLength: 2, breakers: new Set<TokenId>() };

  test('the longer the repetition, the higher the penalty of its continuation', () => {
    const dry = (...context: number[]) =>
      adjusted((scores) => penaliseRepeatedSequences(scores, tokens(...context), settings));
    expect(dry(1, 2, 1)).toEqual([1, 1, 1, 1, 1, 1]);
    // "1 2" was followed by 3: a repetition of 2 costs 1.
    expect(dry(1, 2, 3, 1, 2)).toEqual([1, 1, 1, 0, 1, 1]);
    // "0 1 2" was followed by 3, and "1 2" by 4.
    expect(dry(0, 1, 2, 3, 1, 2, 4, 0, 1, 2)).toEqual([1, 1, 1, -1, 0, 1]);
  });

  test('breakers end a repetition and are never penalised', () => {
    const broken = { ...settings, breakers: new Set(tokens(1)) };
    const dry = (...context: number[]) =>
      adjusted((scores) => penaliseRepeatedSequences(scores, tokens(...context), broken));
    expect(dry(0, 1, 2, 3, 0, 1, 2)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(dry(0, 1, 2, 3, 4, 0, 1, 2, 3)).toEqual([1, 1, 1, 1, 0, 1]);
    expect(dry(2, 3, 1, 2, 3)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('ignores tokens before its start', () => {
    const context = tokens(1, 2, 3, 1, 2);
    expect(adjusted((scores) => penaliseRepeatedSequences(scores, context, settings, 1))[3]).toBe(1);
  });

  test('suffix matches agree with a comparison token by token', () => {
    fc.assert(
      fc.property(repetitive, fc.nat(10), (context, begin) => {
        const start = Math.min(begin, context.length);
        const reversed = context.slice(start).reverse();
        const lengths = reversed.map((_, back) => {
          let length = 0;
          while (back + length < reversed.length && reversed[length] === reversed[back + length]) length++;
          return length;
        });
        expect([...suffixMatches(context, start)].slice(1)).toEqual(lengths.slice(1));
      }),
    );
  });

  test('breakers are the tokens whose text contains one of the texts', () => {
    expect([...tokensContaining(['b', 'd'], letters, 5)]).toEqual([1, 3]);
    expect(tokensContaining([], letters, 5).size).toBe(0);
    expect(defaultBreakers).toContain('\n');
  });
});
