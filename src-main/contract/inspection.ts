import type { Alternative, GenerationRequest } from './generation.ts';

/** Most tokens that are looked at in one request. */
export const maximumInspectedTokens = 256;

/** An answer that was written, and the part of it to look at again. */
export interface InspectionRequest extends Pick<GenerationRequest, 'prompt' | 'strategy' | 'alternatives'> {
  /** All tokens of the answer, in order. */
  readonly tokens: readonly number[];
  /** Position of the first token to look at, and how many; the count is 1 to `maximumInspectedTokens`. */
  readonly first: number;
  readonly count: number;
  /** Whether the policy is asked, too; a policy with a state reads the answer from its start for that. Default true. */
  readonly withPolicy?: boolean;
}

/** What the model thought at the place of one token of an answer. */
export interface InspectedToken {
  /** 0-based position in the answer. */
  readonly position: number;
  readonly id: number;
  readonly text: string;
  /** Natural logarithm, under the model before any policy. */
  readonly logProbability: number;
  /** How many tokens the model thought likelier. */
  readonly rank: number;
  /** Of the model's distribution, in nats: 0 where it was sure. */
  readonly entropy: number;
  /** The likeliest under the model. */
  readonly alternatives: readonly Alternative[];
  /** The likeliest after the policy; empty where the strategy has none. */
  readonly policyAlternatives: readonly Alternative[];
  /** Those of `alternatives`, by id, that the policy left no chance. */
  readonly cut: readonly number[];
}
