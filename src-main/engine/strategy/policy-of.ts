import type { TokenStrategy } from '../../contract/strategy.ts';
import type { Policy } from '../distribution.ts';
import type { TokenId } from '../model.ts';
import { composePolicies } from '../policy/pipeline.ts';
import { defaultBreakers, tokensContaining } from '../policy/sequence-breakers.ts';
import type { PolicySettings } from '../policy/settings.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { DecodingContext } from './decoded.ts';

type PolicyContext = Pick<
  DecodingContext,
  'prompt' | 'answerPrefix' | 'endTokens' | 'vocabularySize' | 'encode'
>;

/** The policy that a strategy's settings describe, for one run; with mirostat it has a state. */
export function policyOf(strategy: TokenStrategy, context: PolicyContext, vocabulary: Vocabulary): Policy {
  const { kind: _, bannedWords = [], forcedWords = [], logitBias = [], ...rest } = strategy;
  const numbers: Partial<PolicySettings> & { seed?: number } =
    strategy.kind === 'greedy' ? { ...rest, temperature: 0 } : rest;
  const { seed = 0, ...settings } = numbers;
  const breakers =
    (settings.dryMultiplier ?? 0) > 0
      ? tokensContaining(defaultBreakers, vocabulary, context.vocabularySize)
      : new Set<TokenId>();
  return composePolicies(
    {
      ...settings,
      dryBreakers: breakers,
      bannedWords: bannedWords.flatMap((word) => spellings(word, context)),
      forcedWords: forcedWords.map((word) => context.encode(` ${word}`)),
      logitBiases: logitBias.flatMap(({ text, bias }) =>
        spellings(text, context).map((tokens) => ({ tokens, bias })),
      ),
    },
    { promptLength: context.prompt.length - context.answerPrefix, endTokens: context.endTokens, seed },
  );
}

/** A word is written with other tokens at the start of a text than behind a space. */
function spellings(word: string, { encode }: PolicyContext): (readonly TokenId[])[] {
  const forms = word.startsWith(' ') ? [word] : [word, ` ${word}`];
  return forms.map(encode).filter((tokens) => tokens.length > 0);
}
