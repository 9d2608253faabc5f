import type { Distribution } from '../distribution.ts';
import { seededNoise } from '../noise.ts';
import { atLeast, entropyOf, largestOf, renormalised } from './candidates.ts';
import { Mirostat } from './mirostat.ts';
import type { Truncation } from './policy.ts';
import type { PolicyRun, PolicySettings } from './settings.ts';
import { smallestSet } from './smallest-set.ts';
import { excludeTopChoices } from './xtc.ts';

/** Makes the noise that XTC draws with independent of the noise that tokens are chosen with. */
const xtcNoise = 0x58544331;

/**
 * The steps of a policy that leave tokens out by their probabilities, in the order in which they run; those that are
 * off are left out.
 */
export function truncationsOf(settings: PolicySettings, run: PolicyRun): readonly Truncation[] {
  const noise = seededNoise((run.seed ^ xtcNoise) >>> 0);
  const steps: readonly (readonly [on: boolean, step: Truncation])[] = [
    [settings.topP < 1, { apply: (distribution) => topP(distribution, settings.topP) }],
    [settings.minP > 0, { apply: (distribution) => minP(distribution, settings.minP) }],
    [settings.typical < 1, { apply: (distribution) => typical(distribution, settings.typical) }],
    [
      settings.epsilonCutoff > 0,
      { apply: (distribution) => epsilonCutoff(distribution, settings.epsilonCutoff) },
    ],
    [settings.etaCutoff > 0, { apply: (distribution) => etaCutoff(distribution, settings.etaCutoff) }],
    [
      settings.xtcProbability > 0,
      {
        apply: (distribution, context) =>
          noise(context.length - run.promptLength, 0) < settings.xtcProbability
            ? excludeTopChoices(distribution, settings.xtcThreshold, run.endTokens)
            : distribution,
      },
    ],
    [
      settings.mirostatTarget > 0,
      new Mirostat({ target: settings.mirostatTarget, rate: settings.mirostatRate }),
    ],
  ];
  return steps.flatMap(([on, step]) => (on ? [step] : []));
}

/**
 * Top-p (nucleus): the smallest set of most likely tokens whose probabilities sum to at least `p` (Holtzman et al.
 * 2020), in their order.
 * @param p greater than 0, at most 1; 1 keeps all
 */
export function topP(distribution: Distribution, p: number): Distribution {
  const { probabilities } = distribution;
  if (p >= 1 || probabilities.length < 2) return distribution;
  // All tokens below this bound together hold less than 1 - p: none of them can be needed to reach p.
  const bound = (1 - p) / probabilities.length;
  const likely = new Int32Array(probabilities.length);
  const keys = new Float64Array(probabilities.length);
  let size = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! < bound) continue;
    likely[size++] = index;
    keys[index] = -probabilities[index]!;
  }
  return renormalised(distribution, smallestSet(distribution, likely.subarray(0, size), keys, p));
}

/**
 * Min-p: the tokens that are at least `share` times as likely as the most likely one (Nguyen et al. 2024).
 * @param share 0 to 1; 0 keeps all
 */
export function minP(distribution: Distribution, share: number): Distribution {
  return share <= 0 ? distribution : atLeast(distribution, share * largestOf(distribution.probabilities));
}

/**
 * Locally typical sampling: of the tokens whose surprise is closest to the entropy, the fewest whose probabilities
 * sum to at least `mass` (Meister et al. 2023). The most likely token may be excluded.
 * @param mass greater than 0, at most 1; 1 keeps all
 */
export function typical(distribution: Distribution, mass: number): Distribution {
  const { probabilities } = distribution;
  if (mass >= 1 || probabilities.length < 2) return distribution;
  const entropy = entropyOf(distribution);
  // All tokens below this bound together hold less than 1 - mass. Where its surprise is twice the entropy or more,
  // they are also further from the entropy than all others, so that none of them can be needed.
  const bound = (1 - mass) / probabilities.length;
  const floor = -Math.log(bound) >= 2 * entropy ? bound : 0;
  const likely = new Int32Array(probabilities.length);
  const distances = new Float64Array(probabilities.length);
  let size = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! < floor) continue;
    likely[size++] = index;
    distances[index] = Math.abs(-Math.log(probabilities[index]!) - entropy);
  }
  return renormalised(distribution, smallestSet(distribution, likely.subarray(0, size), distances, mass));
}

/**
 * Epsilon sampling: the tokens with a probability of at least `epsilon`, or the most likely ones if there are none
 * (Hewitt et al. 2022).
 * @param epsilon 0 to 1, commonly 0.0003 to 0.001; 0 keeps all
 */
export function epsilonCutoff(distribution: Distribution, epsilon: number): Distribution {
  return epsilon <= 0 ? distribution : atLeast(distribution, epsilon);
}

/**
 * Eta sampling: an epsilon that decreases if many tokens are about equally likely, min(ε, √ε · exp(-entropy)); the
 * most likely tokens always stay (Hewitt et al. 2022).
 * @param epsilon 0 to 1, commonly 0.0003 to 0.004; 0 keeps all
 */
export function etaCutoff(distribution: Distribution, epsilon: number): Distribution {
  if (epsilon <= 0) return distribution;
  return atLeast(distribution, Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-entropyOf(distribution))));
}
