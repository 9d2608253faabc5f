import type { SamplingStrategy, Strategy } from '../../contract/strategy.ts';
import type { Policy } from '../distribution.ts';
import { argmax, certain } from '../distribution.ts';
import { softmax } from './candidates.ts';
import { minP } from './min-p.ts';
import { penaliseRepetition } from './repetition-penalty.ts';
import { applyTemperature } from './temperature.ts';
import { allTokens, topK } from './top-k.ts';
import { topP } from './top-p.ts';

const greedy: Policy = (logits) => certain(argmax(logits));

/** Repetition penalty, temperature, top-k, top-p, min-p: the order of Hugging Face transformers. */
function sampling(settings: SamplingStrategy): Policy {
  let scores = new Float32Array(0);
  return (logits, context) => {
    if (scores.length !== logits.length) scores = new Float32Array(logits.length);
    scores.set(logits);
    penaliseRepetition(scores, context, settings.repetitionPenalty);
    applyTemperature(scores, settings.temperature);
    const candidates = settings.topK > 0 ? topK(scores, settings.topK) : allTokens(scores);
    return minP(topP(softmax(candidates), settings.topP), settings.minP);
  };
}

/** The policy that a strategy's settings describe. */
export function policyOf(strategy: Strategy): Policy {
  return strategy.kind === 'greedy' ? greedy : sampling(strategy);
}
