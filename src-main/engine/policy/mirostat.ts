import type { Distribution } from '../distribution.ts';
import { probabilityOf } from '../distribution.ts';
import type { TokenId } from '../model.ts';
import { atLeast } from './probability-floor.ts';

export interface MirostatSettings {
  /** The surprise aimed at, in bits a token: greater than 0, common are 3 to 6. */
  readonly target: number;
  /** How fast the cut follows the error: greater than 0, at most 1, common is 0.1. */
  readonly rate: number;
}

interface Cut {
  /** Tokens of a surprise above this many bits were left out. */
  readonly limit: number;
  readonly kept: Distribution;
}

/** How far back a context may go and still find the state that it had there. */
const remembered = 32;

/**
 * Mirostat 2: leaves out the tokens whose surprise is above a limit, which moves after every token so that the
 * mean surprise comes to the target (Basu et al. 2021; the surprise of a token is measured among those kept, as in
 * llama.cpp). The limit begins at twice the target.
 *
 * The state is kept by the length of the context, and the chosen token is read from the context itself: contexts
 * may be asked for again and taken back by up to 31 tokens, as speculation does, and give the same. It follows one
 * text: several side by side, as in beam search, each need one of their own.
 */
export function mirostat({
  target,
  rate,
}: MirostatSettings): (distribution: Distribution, context: readonly TokenId[]) => Distribution {
  const cuts = new Map<number, Cut>();
  return (distribution, context) => {
    const last = cuts.get(context.length - 1);
    const limit = last ? last.limit - rate * (surpriseOf(last.kept, context.at(-1)!) - target) : 2 * target;
    const kept = atLeast(distribution, 2 ** -limit);
    cuts.set(context.length, { limit, kept });
    cuts.delete(context.length - remembered);
    return kept;
  };
}

/** In bits; 0 for a token that was not among those kept, which only a caller that ignores them can bring about. */
function surpriseOf(distribution: Distribution, token: TokenId): number {
  const probability = probabilityOf(distribution, token);
  return probability > 0 ? -Math.log2(probability) : 0;
}
