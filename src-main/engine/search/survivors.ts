import type { Candidate } from './candidate.ts';
import type { CandidateSetSettings } from './candidate-set-settings.ts';

const likelierFirst = (one: Candidate, other: Candidate) => other.hypothesis.sum - one.hypothesis.sum;

/**
 * The candidates that stay in the set after a round, likeliest first.
 * `beam`: the likeliest of all, whatever they extend.
 * `greedy`: of each parent its likeliest extension, so that the candidates stay apart; places that are free,
 * as in the first round, go to the likeliest of the rest.
 * `sampling`: drawn without replacement, with probabilities in proportion to those of the texts (Gumbel top-k).
 * @param round from 0; keys the noise
 */
export function survivors(
  extensions: readonly Candidate[],
  { candidates, policy, noise }: CandidateSetSettings,
  round: number,
): readonly Candidate[] {
  const likeliest = [...extensions].sort(likelierFirst);
  switch (policy) {
    case 'beam':
      return likeliest.slice(0, candidates);
    case 'greedy': {
      const parents = new Set<number>();
      const own = likeliest.filter(({ parent }) => !parents.has(parent) && parents.add(parent));
      const rest = likeliest.filter((candidate) => !own.includes(candidate));
      return [...own, ...rest].slice(0, candidates).sort(likelierFirst);
    }
    case 'sampling': {
      const keyed = extensions.map((candidate) => {
        const uniform = noise(round, candidate.noiseKey);
        return { candidate, key: candidate.hypothesis.sum - Math.log(-Math.log(uniform)) };
      });
      const drawn = keyed.sort((one, other) => other.key - one.key).slice(0, candidates);
      return drawn.map(({ candidate }) => candidate).sort(likelierFirst);
    }
  }
}
