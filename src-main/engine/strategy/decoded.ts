import type { Alternative, GenerationEvent, TokenOrigin } from '../../contract/generation.ts';
import type { Distribution } from '../distribution.ts';
import type { Logits, TokenId } from '../model.ts';

/** A token of the answer, whichever strategy it is from. */
export interface DecodedToken {
  readonly type: 'decoded-token';
  readonly token: TokenId;
  /** Natural logarithm, under the model before any policy; absent where it is yet to be made of the logits. */
  readonly logProbability?: number;
  readonly logits?: Logits;
  readonly policyLogProbability: number;
  readonly alternatives?: readonly Alternative[];
  /** What it was chosen from, where a policy was asked. */
  readonly distribution?: Distribution;
  readonly origin?: TokenOrigin;
}

/** What a strategy tells beside its tokens. */
export type DecodedReport = Extract<
  GenerationEvent,
  { type: 'round' | 'beam-step' | 'candidate-round' | 'preview' | 'hypotheses' }
>;

export type Decoded = DecodedToken | DecodedReport;

/** What every strategy is run with. */
export interface DecodingContext {
  readonly prompt: readonly TokenId[];
  /** How many tokens at the end of the prompt are the beginning of the answer. */
  readonly answerPrefix: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly contextLength: number;
  /** Tokens that the answer may have, as far as the context has room for them. */
  readonly maxTokens: number;
  readonly stopTexts: readonly string[];
  /** How many alternatives of each token are listed. */
  readonly alternatives: number;
  readonly vocabularySize: number;
  /** Texts that speculation looks its guesses up in, besides the prompt. */
  readonly references: readonly (readonly TokenId[])[];
  /** The tokens that a word of the settings is written with. */
  readonly encode: (text: string) => readonly TokenId[];
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}
