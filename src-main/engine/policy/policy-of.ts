import type { TokenStrategy } from '../../contract/strategy.ts';
import type { PolicyNumber } from '../../contract/strategy/policy-settings.ts';
import type { TokenId } from '../model.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { defaultBreakers, tokensContaining } from './dry.ts';
import { composePolicies } from './pipeline.ts';
import type { Policy } from './policy.ts';
import { tokenIndexOf } from './token-index.ts';
import { Word } from './word.ts';

/** What the settings of a policy are resolved against. */
export interface PolicyContext {
  /** Tokens before the answer. */
  readonly promptLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly vocabulary: Vocabulary;
  readonly vocabularySize: number;
}

/** The policy that a strategy's settings describe, for one answer. */
export function policyOf(strategy: TokenStrategy, context: PolicyContext): Policy {
  const { kind: _, stopAtLoops: __, bannedWords = [], forcedWords = [], logitBias = [], ...rest } = strategy;
  const numbers: Partial<Record<PolicyNumber, number>> & { readonly seed?: number } =
    strategy.kind === 'greedy' ? { ...rest, temperature: 0 } : rest;
  const { seed = 0, ...settings } = numbers;
  const { promptLength, endTokens, vocabulary, vocabularySize } = context;
  const breakers =
    (settings.dryMultiplier ?? 0) > 0
      ? tokensContaining(defaultBreakers, vocabulary, vocabularySize)
      : new Set<TokenId>();
  const named = bannedWords.length + forcedWords.length + logitBias.length > 0;
  // Built only where it is needed: it reads the whole vocabulary.
  const index = named ? tokenIndexOf(vocabulary, vocabularySize) : undefined;
  const wordOf = (text: string) => new Word(text, index!);
  return composePolicies(
    {
      ...settings,
      dryBreakers: breakers,
      bannedWords: bannedWords.map(wordOf),
      forcedWords: forcedWords.map(wordOf),
      logitBiases: logitBias.map(({ text, bias }) => ({ word: wordOf(text), bias })),
    },
    { promptLength, endTokens, seed },
  );
}
