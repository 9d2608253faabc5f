import { choose } from '../choose.ts';
import type { Distribution } from '../distribution.ts';
import { probabilityOf } from '../distribution.ts';
import type { TokenId } from '../model.ts';
import type { Noise } from '../noise.ts';
import { seededNoise } from '../noise.ts';
import type { Acceptance } from './acceptance.ts';

/** Three draws at one position must not depend on each other: each purpose has a seed of its own. */
const derived = (seed: number, purpose: number) => seededNoise((Math.imul(seed, 0x01000193) ^ purpose) >>> 0);

/** What a draft model draws with under `rejection` of the same seed. */
export const draftNoise = (seed: number): Noise => derived(seed, 0x5bd1e995);

/**
 * Accepts a proposed token with probability min(1, p/q), else draws from what is left of p where q is
 * taken off (Leviathan et al. 2023, Chen et al. 2023). The text is distributed as under plain sampling,
 * but isn't the same one: it depends on what was proposed. Equal proposals and seeds give equal texts.
 * @param seed 0 to 4294967295
 */
export function rejection(seed: number): Acceptance {
  const test = derived(seed, 0x27d4eb2f);
  const draw = derived(seed, 0x165667b1);
  return (distribution, position, proposed, draft) => {
    if (proposed === undefined) return choose(distribution, position, draw);
    const wanted = probabilityOf(distribution, proposed);
    const offered = draft ? probabilityOf(draft, proposed) : 1;
    if (test(position, proposed) * offered < wanted) return proposed;
    return choose(residual(distribution, proposed, draft), position, draw);
  };
}

/** max(0, p - q) made to sum to 1; p itself where rounding leaves nothing of it. */
function residual(distribution: Distribution, proposed: TokenId, draft?: Distribution): Distribution {
  const { tokens, probabilities } = distribution;
  const taken = new Map<number, number>();
  if (draft) draft.tokens.forEach((token, index) => taken.set(token, draft.probabilities[index]!));
  else taken.set(proposed, 1);
  const left = probabilities.map((probability, index) =>
    Math.max(0, probability - (taken.get(tokens[index]!) ?? 0)),
  );
  const sum = left.reduce((total, value) => total + value, 0);
  if (sum <= 0) return distribution;
  return { tokens, probabilities: left.map((value) => value / sum) };
}
