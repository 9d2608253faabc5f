import type { Alternative, GenerationRequest } from './generation.ts';

/** Maximum number of tokens inspected per request. */
export const maximumInspectedTokens = 256;

/** A generated answer and the range of its tokens to inspect. */
export interface InspectionRequest extends Pick<
  GenerationRequest,
  'prompt' | 'answerPrefix' | 'strategy' | 'alternatives' | 'adapter'
> {
  /** All tokens after the answer prefix, in order. */
  readonly tokens: readonly number[];
  /** Position of the first token to inspect, and how many: 1 to `maximumInspectedTokens`. */
  readonly first: number;
  readonly count: number;
  /** Whether to apply the policy too; a stateful policy must replay the answer from its start. Default true. */
  readonly withPolicy?: boolean;
}

/** The model's distribution at one token of an answer. */
export interface InspectedToken {
  /** 0-based position in `tokens`. */
  readonly position: number;
  readonly id: number;
  readonly text: string;
  /** Natural logarithm, under the model before any policy. */
  readonly logProbability: number;
  /** Number of tokens with a higher probability. */
  readonly rank: number;
  /** Entropy of the model's distribution, in nats. */
  readonly entropy: number;
  /** The most likely tokens under the model. */
  readonly alternatives: readonly Alternative[];
  /** The most likely tokens after the policy; empty if the strategy has none. */
  readonly policyAlternatives: readonly Alternative[];
  /** Ids of the `alternatives` that the policy excluded. */
  readonly cut: readonly number[];
}
