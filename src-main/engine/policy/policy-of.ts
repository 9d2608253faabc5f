import type { TokenStrategy } from '../../contract/strategy.ts';
import type { PolicyNumber } from '../../contract/strategy/policy-settings.ts';
import type { TokenId } from '../model.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { defaultBreakers, tokensContaining } from './dry.ts';
import { composePolicies } from './pipeline.ts';
import type { Policy } from './policy.ts';

/** What the settings of a policy are resolved against. */
export interface PolicyContext {
  /** Tokens before the answer. */
  readonly promptLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly vocabulary: Vocabulary;
  readonly vocabularySize: number;
  /** The tokens of a word that the settings name. */
  readonly encode: (text: string) => readonly TokenId[];
}

/** The policy that a strategy's settings describe, for one answer. */
export function policyOf(strategy: TokenStrategy, context: PolicyContext): Policy {
  const { kind: _, bannedWords = [], forcedWords = [], logitBias = [], ...rest } = strategy;
  const numbers: Partial<Record<PolicyNumber, number>> & { readonly seed?: number } =
    strategy.kind === 'greedy' ? { ...rest, temperature: 0 } : rest;
  const { seed = 0, ...settings } = numbers;
  const { promptLength, endTokens, vocabulary, vocabularySize, encode } = context;
  const breakers =
    (settings.dryMultiplier ?? 0) > 0
      ? tokensContaining(defaultBreakers, vocabulary, vocabularySize)
      : new Set<TokenId>();
  return composePolicies(
    {
      ...settings,
      dryBreakers: breakers,
      bannedWords: bannedWords.flatMap((word) => spellings(word, encode)),
      forcedWords: forcedWords.map((word) => encode(` ${word}`)),
      logitBiases: logitBias.flatMap(({ text, bias }) =>
        spellings(text, encode).map((tokens) => ({ tokens, bias })),
      ),
    },
    { promptLength, endTokens, seed },
  );
}

/** A word has other tokens at the start of a text than after a space. */
function spellings(word: string, encode: PolicyContext['encode']): (readonly TokenId[])[] {
  const forms = word.startsWith(' ') ? [word] : [word, ` ${word}`];
  return forms.map(encode).filter((tokens) => tokens.length > 0);
}
