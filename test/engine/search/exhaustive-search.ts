import { logSumExp } from '../../../src-main/engine/distribution.ts';
import type { TokenId } from '../../../src-main/engine/model.ts';
import type { HashModel } from '../../fakes/hash-model.ts';
import { token } from '../../fakes/hash-model.ts';

export interface ScoredText {
  readonly ids: readonly TokenId[];
  readonly score: number;
  readonly sum: number;
}

/** The log-probability of each token of `ids` after `prompt`, each computed from its whole prefix. */
export function logProbabilitiesOf(
  model: HashModel,
  prompt: readonly TokenId[],
  ids: readonly TokenId[],
): number[] {
  return ids.map((id, index) => {
    const logits = model.logitsAfter([...prompt, ...ids.slice(0, index)]);
    return logits[id]! - logSumExp(logits);
  });
}

/** Every text that ends with an end token or with `maximum` tokens, best first. */
export function exhaustiveSearch(
  model: HashModel,
  prompt: readonly TokenId[],
  maximum: number,
  lengthPenalty: number,
): ScoredText[] {
  const found: ScoredText[] = [];
  const visit = (ids: readonly TokenId[], sum: number) => {
    const ended = model.endTokens.has(ids.at(-1) ?? token(-1));
    if (ended || ids.length === maximum) {
      found.push({ ids, sum, score: sum / ids.length ** lengthPenalty });
      return;
    }
    const logits = model.logitsAfter([...prompt, ...ids]);
    const normaliser = logSumExp(logits);
    logits.forEach((logit, id) => visit([...ids, token(id)], sum + logit - normaliser));
  };
  visit([], 0);
  return found.sort((one, other) => other.score - one.score);
}
