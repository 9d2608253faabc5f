import type { Distribution } from '../distribution.ts';
import { argmax, certain } from '../distribution.ts';
import type { Logits, TokenId } from '../model.ts';
import { adjustmentsOf } from './adjustments.ts';
import { softmax } from './candidates.ts';
import type { Adjustment, Policy, Truncation } from './policy.ts';
import type { PolicyRun, PolicySettings } from './settings.ts';
import { policyOff } from './settings.ts';
import type { TemperatureRange } from './temperature.ts';
import { applyDynamicTemperature } from './temperature.ts';
import { allTokens, topK } from './top-k.ts';
import { topNSigma } from './top-n-sigma.ts';
import { truncationsOf } from './truncations.ts';

/**
 * The policy that `settings` describe; steps that they don't name are off. The order is fixed, that of Hugging Face
 * transformers, extended by steps of llama.cpp and the papers:
 *
 * 1. adjustments of single scores, by the context (adjustments.ts)
 * 2. top-nσ, then the temperature, fixed or dynamic, then top-k, all on scores
 * 3. truncations, on probabilities (truncations.ts)
 *
 * Each step receives the result of the previous one, with probabilities that sum to 1. At temperature 0 the most
 * likely token after the adjustments is certain. If bans leave no token at all, the answer ends with the most likely
 * end token; a model without one continues with the most likely token before the adjustments.
 */
export function composePolicies(settings: Partial<PolicySettings>, run: PolicyRun): Policy {
  const all = { ...policyOff, ...settings };
  const adjustments = adjustmentsOf(all, run);
  const truncations = all.temperature > 0 ? truncationsOf(all, run) : [];
  return new Pipeline(all, run.endTokens, adjustments, truncations);
}

class Pipeline implements Policy {
  readonly #settings: PolicySettings;
  readonly #endTokens: ReadonlySet<TokenId>;
  readonly #adjustments: readonly Adjustment[];
  readonly #truncations: readonly Truncation[];
  readonly #temperature: TemperatureRange;
  readonly #hasState: boolean;
  #scores = new Float32Array(0);

  constructor(
    settings: PolicySettings,
    endTokens: ReadonlySet<TokenId>,
    adjustments: readonly Adjustment[],
    truncations: readonly Truncation[],
  ) {
    this.#settings = settings;
    this.#endTokens = endTokens;
    this.#adjustments = adjustments;
    this.#truncations = truncations;
    const { temperature, temperatureSpread: spread, temperatureExponent: exponent } = settings;
    this.#temperature = { temperature, spread, exponent };
    this.#hasState = [...adjustments, ...truncations].some((step) => step.fork !== undefined);
  }

  apply(logits: Logits, context: readonly TokenId[]): Distribution {
    const greedy = this.#settings.temperature <= 0;
    if (greedy && this.#adjustments.length === 0) return certain(argmax(logits));
    if (this.#scores.length !== logits.length) this.#scores = new Float32Array(logits.length);
    const scores = this.#scores;
    scores.set(logits);
    for (const step of this.#adjustments) step.apply(scores, context);
    return (
      (greedy ? mostLikely(scores) : this.#sampled(scores, context)) ?? lastResort(logits, this.#endTokens)
    );
  }

  advance(token: TokenId): void {
    for (const step of this.#adjustments) step.advance?.(token);
    for (const step of this.#truncations) step.advance?.(token);
  }

  fork(): Policy {
    if (!this.#hasState) return this;
    const fork = new Pipeline(
      this.#settings,
      this.#endTokens,
      this.#adjustments.map((step) => step.fork?.() ?? step),
      this.#truncations.map((step) => step.fork?.() ?? step),
    );
    // Overwritten by each call of `apply` before it is read: forks can share it.
    fork.#scores = this.#scores;
    return fork;
  }

  replayFrom(position: number): number {
    return this.#hasState ? 0 : position;
  }

  /** undefined if all scores are banned. */
  #sampled(scores: Float32Array, context: readonly TokenId[]): Distribution | undefined {
    const settings = this.#settings;
    topNSigma(scores, settings.topNSigma);
    applyDynamicTemperature(scores, this.#temperature);
    const candidates = settings.topK > 0 ? topK(scores, settings.topK) : allTokens(scores);
    if (candidates.tokens.length === 0) return undefined;
    return this.#truncations.reduce(
      (distribution, step) => step.apply(distribution, context),
      softmax(candidates),
    );
  }
}

/** undefined if all scores are banned. */
function mostLikely(scores: Float32Array): Distribution | undefined {
  const token = argmax(scores);
  return scores[token] === -Infinity ? undefined : certain(token);
}

function lastResort(logits: Logits, endTokens: ReadonlySet<TokenId>): Distribution {
  const ends = [...endTokens].sort((a, b) => logits[b]! - logits[a]! || a - b);
  return certain(ends[0] ?? argmax(logits));
}
