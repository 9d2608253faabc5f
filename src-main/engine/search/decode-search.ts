import { ForedraftError } from '../../contract/error.ts';
import { endsInLoop } from '../../contract/text-loop.ts';
import type { SearchNode } from '../../contract/generation.ts';
import type { BeamStrategy, CandidateSetStrategy } from '../../contract/strategy.ts';
import { topAlternatives } from '../alternatives.ts';
import type { BranchingSequence, Sequence } from '../model.ts';
import { seededNoise } from '../noise.ts';
import { banRepeatedNgrams } from '../policy/adjustments.ts';
import type { Decoded, DecodedReport, DecodedToken, DecodingRun } from '../strategy/decoder.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { BeamEvent, BeamsEvent } from './beam.ts';
import { beam } from './beam.ts';
import type { CandidateSetEvent, CandidatesEvent } from './candidate-set.ts';
import { candidateSet } from './candidate-set.ts';
import type { Hypothesis, ScoredToken } from './hypothesis.ts';
import { tokensAfter } from './hypothesis.ts';
import type { FinishedEvent } from './search-outcome.ts';
import type { SearchSettings } from './search-settings.ts';

type SearchStrategy = BeamStrategy | CandidateSetStrategy;

/**
 * Beam search or candidate-set decoding: tokens once they are settled, previews of the rest, the search tree, and
 * the results.
 */
export async function* decodeSearch(
  strategy: SearchStrategy,
  run: DecodingRun,
): AsyncGenerator<Decoded, void> {
  const { vocabulary, isStopped } = run;
  const text = new SettledText(vocabulary);
  let unsettled: readonly ScoredToken[] = [];
  for await (const event of search(strategy, run)) {
    switch (event.type) {
      case 'settled':
        text.settle(event.tokens);
        unsettled = [];
        yield* event.tokens.map(tokenOf);
        break;
      case 'preview':
        unsettled = event.tokens;
        yield { type: 'preview', text: text.preview(event.tokens) };
        break;
      case 'finished':
        yield resultsOf(event, run);
        return;
      case 'beams':
        yield { type: 'beam-step', nodes: beamNodes(event, vocabulary) };
        break;
      case 'candidates':
        yield { type: 'candidate-round', nodes: candidateNodes(event, vocabulary) };
    }
    if (!isStopped()) continue;
    // A stopped search keeps the text that was shown: the leading hypothesis.
    yield* unsettled.map(tokenOf);
    return;
  }
}

function search(strategy: SearchStrategy, run: DecodingRun): AsyncIterable<BeamEvent | CandidateSetEvent> {
  const sequence = branching(run.sequence);
  const settings = searchSettings(strategy, run);
  const noise = seededNoise(strategy.seed);
  if (strategy.kind === 'candidate-set') {
    const { candidates, alternatives, tokensPerRound, policy } = strategy;
    return candidateSet(sequence, run.context, {
      ...settings,
      candidates,
      alternatives,
      tokensPerRound,
      policy,
      noise,
    });
  }
  const { width, earlyStopping, groups, diversityPenalty, sample } = strategy;
  return beam(sequence, run.context, {
    ...settings,
    width,
    earlyStopping,
    groups,
    diversityPenalty,
    ...(sample ? { noise } : {}),
  });
}

function branching(sequence: Sequence): BranchingSequence {
  if ('branch' in sequence) return sequence as BranchingSequence;
  throw new ForedraftError(
    'model-unsupported',
    `This model's sequences have no branches, which the strategy needs: choose greedy or sampling.`,
  );
}

function searchSettings(
  { lengthPenalty, best, minimumLength, noRepeatNgram }: SearchStrategy,
  { endTokens, maxTokens, stopTexts, loopSource, alternatives, vocabulary }: DecodingRun,
): SearchSettings {
  // What the newest token can have completed: a character takes at most four bytes, and a token has at least one.
  const reach = 4 * Math.max(0, ...stopTexts.map(({ length }) => length)) + bytesOfCharacter;
  const hasStop = (hypothesis: Hypothesis) => {
    const text = textOf(tokensAfter(hypothesis, Math.max(0, hypothesis.length - reach)), vocabulary);
    return stopTexts.some((stop) => text.includes(stop));
  };
  return {
    maximumTokens: maxTokens,
    minimumTokens: Math.min(minimumLength, maxTokens),
    endTokens,
    lengthPenalty,
    best,
    ...(noRepeatNgram > 0
      ? { adjust: (scores, context) => banRepeatedNgrams(scores, context, noRepeatNgram) }
      : {}),
    ...(stopTexts.length > 0 ? { stops: hasStop } : {}),
    ...(loopSource
      ? { loops: (hypothesis) => endsInLoop(textOf(tokensAfter(hypothesis, 0), vocabulary), loopSource) }
      : {}),
    ...(alternatives > 0
      ? {
          listAlternatives: (logits, normaliser) =>
            topAlternatives(logits, normaliser, alternatives, vocabulary),
        }
      : {}),
  };
}

function tokenOf({ token, logProbability, alternatives }: ScoredToken): DecodedToken {
  const decoded = { type: 'decoded-token', token, logProbability, policyLogProbability: 0 } as const;
  return alternatives ? { ...decoded, alternatives } : decoded;
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
  { endTokens, stopTexts, vocabulary }: DecodingRun,
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

/** The most tokens that one character can consist of. */
const bytesOfCharacter = 4;

/** The whole characters of `tokens`. */
function textOf(tokens: readonly ScoredToken[], vocabulary: Vocabulary): string {
  const decoder = vocabulary.textDecoder();
  return tokens.map(({ token }) => decoder.add(token)).join('');
}

/** `text` up to the first of `stopTexts`. */
function beforeStop(text: string, stopTexts: readonly string[]): string {
  const places = stopTexts.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
  return places.length > 0 ? text.slice(0, Math.min(...places)) : text;
}

/** The settled text, and previews of what follows it, where a character may be split between the two. */
class SettledText {
  readonly #vocabulary: Vocabulary;
  /** As many of the last tokens as one character can consist of. */
  #tokens: readonly ScoredToken[] = [];

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  settle(tokens: readonly ScoredToken[]): void {
    this.#tokens = [...this.#tokens, ...tokens].slice(-bytesOfCharacter);
  }

  preview(tokens: readonly ScoredToken[]): string {
    const settled = textOf(this.#tokens, this.#vocabulary);
    return textOf([...this.#tokens, ...tokens], this.#vocabulary).slice(settled.length);
  }
}
