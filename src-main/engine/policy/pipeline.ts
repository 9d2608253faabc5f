import type { Distribution, Policy } from '../distribution.ts';
import { argmax, certain } from '../distribution.ts';
import type { Logits, TokenId } from '../model.ts';
import { adjustmentsOf } from './adjustments.ts';
import { softmax } from './candidates.ts';
import { applyDynamicTemperature } from './dynamic-temperature.ts';
import type { PolicyRun, PolicySettings } from './settings.ts';
import { policyOff } from './settings.ts';
import { topNSigma } from './top-n-sigma.ts';
import { allTokens, topK } from './top-k.ts';
import { truncationsOf } from './truncations.ts';

/**
 * The policy that `settings` describe; what they don't name is off. The order is fixed: that of Hugging Face
 * transformers, with what it lacks where llama.cpp and the papers have it.
 *
 * |  # | step                            | works on      | looks at                                  |
 * | -: | ------------------------------- | ------------- | ----------------------------------------- |
 * |  1 | logit bias                      | scores        | the end of the context                    |
 * |  2 | repetition penalty              | scores        | the context, its last `penaltyWindow`      |
 * |  3 | presence and frequency penalty  | scores        | the answer, its last `penaltyWindow`       |
 * |  4 | DRY                             | scores        | the context, its last `penaltyWindow`      |
 * |  5 | no-repeat n-gram                | scores        | the context                               |
 * |  6 | banned words                    | scores        | the end of the context                    |
 * |  7 | forced words                    | scores        | the answer                                |
 * |  8 | minimum length                  | scores        | the answer's length                       |
 * |  9 | top-nσ                          | scores        | all of them                               |
 * | 10 | temperature, fixed or dynamic   | scores        | their entropy, if dynamic                 |
 * | 11 | top-k                           | scores        |                                           |
 * | 12 | top-p                           | probabilities |                                           |
 * | 13 | min-p                           | probabilities |                                           |
 * | 14 | typical                         | probabilities | their entropy                             |
 * | 15 | epsilon cutoff                  | probabilities |                                           |
 * | 16 | eta cutoff                      | probabilities | their entropy                             |
 * | 17 | XTC                             | probabilities | noise of the seed and the position        |
 * | 18 | mirostat                        | probabilities | the surprise of the tokens chosen before  |
 *
 * Each step sees what the one before it left, with probabilities that sum to 1. At temperature 0 the likeliest
 * token after step 8 is certain. Where the bans of steps 5 to 8 leave no token at all, the answer ends, with the
 * likeliest end token; a model without any goes on with the token that is likeliest without the bans.
 *
 * With mirostat the policy has a state and follows one text; without, it may be shared.
 */
export function composePolicies(settings: Partial<PolicySettings>, run: PolicyRun): Policy {
  const all = { ...policyOff, ...settings };
  const adjustments = adjustmentsOf(all, run);
  const finish = all.temperature > 0 ? sampling(all, run) : greedy;
  const changesScores = adjustments.length > 0 || all.temperature > 0;
  let scores = new Float32Array(0);
  return (logits, context) => {
    if (!changesScores) return certain(argmax(logits));
    if (scores.length !== logits.length) scores = new Float32Array(logits.length);
    scores.set(logits);
    for (const adjust of adjustments) adjust(scores, context);
    return finish(scores, context) ?? lastResort(logits, run.endTokens);
  };
}

/** A distribution out of adjusted scores; none where all of them are banned. */
type Finish = (scores: Float32Array, context: readonly TokenId[]) => Distribution | undefined;

const greedy: Finish = (scores) => {
  const likeliest = argmax(scores);
  return scores[likeliest] === -Infinity ? undefined : certain(likeliest);
};

function sampling(settings: PolicySettings, run: PolicyRun): Finish {
  const temperature = {
    temperature: settings.temperature,
    spread: settings.temperatureSpread,
    exponent: settings.temperatureExponent,
  };
  const truncations = truncationsOf(settings, run);
  return (scores, context) => {
    topNSigma(scores, settings.topNSigma);
    applyDynamicTemperature(scores, temperature);
    const candidates = settings.topK > 0 ? topK(scores, settings.topK) : allTokens(scores);
    if (candidates.tokens.length === 0) return undefined;
    return truncations.reduce(
      (distribution, truncate) => truncate(distribution, context),
      softmax(candidates),
    );
  };
}

function lastResort(logits: Logits, endTokens: ReadonlySet<TokenId>): Distribution {
  const ends = [...endTokens].sort((a, b) => logits[b]! - logits[a]! || a - b);
  return certain(ends[0] ?? argmax(logits));
}
