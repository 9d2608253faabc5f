import type { SearchNode } from '../../contract/generation.ts';
import type { BeamStrategy, CandidateSetStrategy } from '../../contract/strategy.ts';
import type { BranchingSequence } from '../branches.ts';
import { beam } from './beam.ts';
import type {
  BeamEvent,
  BeamsEvent,
  CandidatesEvent,
  CandidateSetEvent,
  FinishedEvent,
} from './beam-events.ts';
import { candidateSet } from './candidate-set.ts';
import type { Hypothesis, ScoredToken } from './hypothesis.ts';
import { tokensBehind } from './hypothesis.ts';
import type { SearchSettings } from './search-settings.ts';
import type { TokenId } from '../model.ts';
import { seededNoise } from '../noise.ts';
import { banRepeatedNgrams } from '../policy/no-repeat-ngram.ts';
import { topAlternatives } from '../top-alternatives.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { beforeStop, bytesOfCharacter, SettledText, textOf } from './settled-text.ts';
import type { Decoded, DecodedReport, DecodedToken, DecodingContext } from '../strategy/decoded.ts';

/**
 * Beam search or candidate-set decoding: tokens once they are settled, previews of the rest, the tree, and the
 * results. Ends by itself.
 */
export async function* searchedTokens(
  sequence: BranchingSequence,
  strategy: BeamStrategy | CandidateSetStrategy,
  context: DecodingContext,
  vocabulary: Vocabulary,
  isStopped: () => boolean,
): AsyncGenerator<Decoded, void> {
  const text = new SettledText(vocabulary);
  let unsettled: readonly ScoredToken[] = [];
  for await (const event of searchOf(
    sequence,
    strategy,
    searchSettings(strategy, context, vocabulary),
    context,
  )) {
    switch (event.type) {
      case 'settled':
        text.settle(event.tokens);
        unsettled = [];
        for (const scored of event.tokens) yield tokenOf(scored);
        break;
      case 'preview':
        unsettled = event.tokens;
        yield { type: 'preview', text: text.preview(event.tokens) };
        break;
      case 'finished':
        yield resultsOf(event, context, vocabulary);
        return;
      case 'beams':
        yield { type: 'beam-step', nodes: beamNodes(event, vocabulary) };
        break;
      case 'candidates':
        yield { type: 'candidate-round', nodes: candidateNodes(event, vocabulary) };
    }
    if (!isStopped()) continue;
    // Whoever stops keeps what stands there: the leading hypothesis.
    for (const scored of unsettled) yield tokenOf(scored);
    return;
  }
}

function searchOf(
  sequence: BranchingSequence,
  strategy: BeamStrategy | CandidateSetStrategy,
  settings: SearchSettings,
  { prompt }: DecodingContext,
): AsyncIterable<BeamEvent | CandidateSetEvent> {
  const noise = seededNoise(strategy.seed);
  if (strategy.kind === 'candidate-set') {
    const { candidates, alternatives, tokensPerRound, policy } = strategy;
    return candidateSet(sequence, prompt, {
      ...settings,
      candidates,
      alternatives,
      tokensPerRound,
      policy,
      noise,
    });
  }
  const { width, earlyStopping, groups, diversityPenalty, sample } = strategy;
  const own = { width, earlyStopping, groups, diversityPenalty };
  return beam(sequence, prompt, { ...settings, ...own, ...(sample ? { noise } : {}) });
}

function searchSettings(
  { lengthPenalty, best, minimumLength, noRepeatNgram }: BeamStrategy | CandidateSetStrategy,
  { endTokens, maxTokens, stopTexts, alternatives }: DecodingContext,
  vocabulary: Vocabulary,
): SearchSettings {
  // What the newest token can have completed: a character takes four bytes at most, and a token one at least.
  const reach = 4 * Math.max(0, ...stopTexts.map(({ length }) => length)) + bytesOfCharacter;
  const hasStop = (hypothesis: Hypothesis) => {
    const text = textOf(tokensBehind(hypothesis, Math.max(0, hypothesis.length - reach)), vocabulary);
    return stopTexts.some((stop) => text.includes(stop));
  };
  return {
    maximumTokens: maxTokens,
    minimumTokens: Math.min(minimumLength, maxTokens),
    endTokens,
    lengthPenalty,
    best,
    ...(noRepeatNgram > 0
      ? {
          adjust: (scores: Float32Array, context: readonly TokenId[]) =>
            banRepeatedNgrams(scores, context, noRepeatNgram),
        }
      : {}),
    ...(stopTexts.length > 0 ? { stops: hasStop } : {}),
    ...(alternatives > 0
      ? {
          listAlternatives: (logits: Float32Array, normaliser: number) =>
            topAlternatives(logits, normaliser, alternatives, vocabulary),
        }
      : {}),
  };
}

function tokenOf({ token, logProbability, alternatives }: ScoredToken): DecodedToken {
  const found = { type: 'decoded-token', token, logProbability, policyLogProbability: 0 } as const;
  return alternatives ? { ...found, alternatives } : found;
}

function beamNodes({ beams, ended }: BeamsEvent, vocabulary: Vocabulary): SearchNode[] {
  const nodeOf = (fate: SearchNode['fate']) => (node: BeamsEvent['beams'][number]) => ({
    parent: node.parent,
    text: vocabulary.text(node.token),
    logProbabilitySum: node.logProbabilitySum,
    score: node.score,
    fate,
  });
  return [...beams.map(nodeOf('live')), ...ended.map(nodeOf('ended'))];
}

function candidateNodes({ candidates }: CandidatesEvent, vocabulary: Vocabulary): SearchNode[] {
  // Survivors first, in the order by which the next round refers to them.
  const order = (place: number) => (place < 0 ? Infinity : place);
  return [...candidates]
    .sort((one, other) => order(one.place) - order(other.place) || 0)
    .map(({ parent, tokens, logProbabilitySum, score, end, place }) => ({
      parent,
      text: textOf(tokens, vocabulary),
      logProbabilitySum,
      score,
      fate: place < 0 ? 'dropped' : end ? 'ended' : 'live',
    }));
}

function resultsOf(
  { hypotheses }: FinishedEvent,
  { endTokens, stopTexts }: DecodingContext,
  vocabulary: Vocabulary,
): DecodedReport {
  return {
    type: 'hypotheses',
    hypotheses: hypotheses.map(({ tokens, score, logProbabilitySum }) => ({
      text: beforeStop(
        textOf(
          tokens.filter(({ token }) => !endTokens.has(token)),
          vocabulary,
        ),
        stopTexts,
      ),
      score,
      logProbabilitySum,
      tokens: tokens.map(({ token, logProbability }) => ({ id: token, logProbability })),
    })),
  };
}
