import type { Distribution } from '../distribution.ts';

/** Shannon's entropy in nats: 0 where one token is certain, ln(n) where n are equally likely. */
export function entropyOf({ probabilities }: Distribution): number {
  let entropy = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index]!;
    if (probability > 0) entropy -= probability * Math.log(probability);
  }
  return entropy;
}
