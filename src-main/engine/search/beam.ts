import type { BranchingSequence } from '../branches.ts';
import type { Logits, TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { BeamEvent, BeamNode } from './beam-events.ts';
import type { Beam } from './beam-group.ts';
import { BeamGroup } from './beam-group.ts';
import type { BeamSettings } from './beam-settings.ts';
import type { Finished } from './finished-hypotheses.ts';
import { gumbelRanking } from './gumbel-ranking.ts';
import { HammingDiversity } from './hamming-diversity.ts';
import { emptyHypothesis } from './hypothesis.ts';
import { LeafScores } from './leaf-scores.ts';
import { lengthNormalised } from './length-penalty.ts';
import { SearchOutcome } from './search-outcome.ts';

/**
 * Beam search (Graves 2012, as Hugging Face's generate defines it), diverse beam search with several groups
 * (Vijayakumar et al. 2018), and beam sampling with noise: the survivors of a step are then drawn without
 * replacement, by summed log-probability. One forward a step for all hypotheses.
 *
 * Width 1 gives the text of greedy decoding and, with noise and early stopping, that of sampling. Only `never`
 * with a positive length penalty goes on behind an end token, since a longer text may have a better mean.
 */
export async function* beam(
  sequence: BranchingSequence,
  prompt: readonly TokenId[],
  settings: BeamSettings,
): AsyncGenerator<BeamEvent, void> {
  const { groups: groupCount, width, lengthPenalty, diversityPenalty, noise } = settings;
  const start = emptyHypothesis();
  const groups = Array.from({ length: groupCount }, () => new BeamGroup(start, width / groupCount, settings));
  const outcome = new SearchOutcome(start, lengthPenalty);
  const scores = new LeafScores(prompt, settings);

  let rows: readonly Logits[] = await sequence.forward(align(sequence, prompt));
  const branches = sequence.branch();
  try {
    for (let length = 1; ; length++) {
      scores.read(rows);
      const diversity = groupCount > 1 ? new HammingDiversity(diversityPenalty) : undefined;
      const ranking = noise && gumbelRanking(noise, length - 1, scores.vocabularySize);
      const ended = groups.map((group) => {
        const left = group.extend(scores, diversity?.ranking() ?? ranking);
        for (const { hypothesis } of group.beams) diversity?.note(hypothesis.last!.token);
        return left;
      });
      yield {
        type: 'beams',
        length,
        beams: groups.flatMap(({ beams }, index) => beams.map((each) => nodeOf(each, index, lengthPenalty))),
        ended: ended.flatMap((left, index) =>
          left.map((each) => ({ ...nodeOf(each, index, lengthPenalty), end: each.end })),
        ),
      };
      const beams = groups.flatMap((group) => group.beams);
      const finished = bestOf(groups);
      if (beams.length === 0) {
        yield* outcome.end(finished, settings.best);
        return;
      }
      const live = beams.map(({ hypothesis }) => hypothesis);
      yield* outcome.progress(live, finished);
      rows = await branches.advance(
        beams.map(({ leaf }) => leaf),
        live.map(({ last }) => last!.token),
      );
      placeLeaves(groups);
    }
  } finally {
    branches.close();
  }
}

function nodeOf({ hypothesis, leaf }: Beam, group: number, lengthPenalty: number): BeamNode {
  const { sum, length, last } = hypothesis;
  const score = lengthNormalised(sum, length, lengthPenalty);
  return { ...last!, parent: leaf, logProbabilitySum: sum, score, group };
}

/** The finished hypotheses of all groups, best first; of equals the earlier group's. */
function bestOf(groups: readonly BeamGroup[]): readonly Finished[] {
  return groups.flatMap(({ finished }) => finished.kept).sort((one, other) => other.score - one.score);
}

/** The beams of all groups, one after another, are the leaves of the forward that has read them. */
function placeLeaves(groups: readonly BeamGroup[]): void {
  let leaf = 0;
  for (const group of groups) {
    group.beams = group.beams.map(({ hypothesis }) => ({ hypothesis, leaf: leaf++ }));
  }
}
