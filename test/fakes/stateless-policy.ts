import { argmax, certain } from '../../src-main/engine/distribution.ts';
import type { Policy } from '../../src-main/engine/policy/policy.ts';

/** A policy that depends on logits and context only. */
export function statelessPolicy(apply: Policy['apply']): Policy {
  const policy: Policy = {
    apply,
    advance: () => undefined,
    fork: () => policy,
    replayFrom: (position) => position,
  };
  return policy;
}

export const greedyPolicy = statelessPolicy((logits) => certain(argmax(logits)));
