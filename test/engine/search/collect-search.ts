import type { TokenId } from '../../../src-main/engine/model.ts';
import type { Noise } from '../../../src-main/engine/noise.ts';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import type { Policy } from '../../../src-main/engine/policy/policy.ts';
import type { BeamEvent, BeamSettings } from '../../../src-main/engine/search/beam.ts';
import { beam } from '../../../src-main/engine/search/beam.ts';
import type {
  CandidateSetEvent,
  CandidateSetSettings,
} from '../../../src-main/engine/search/candidate-set.ts';
import { candidateSet } from '../../../src-main/engine/search/candidate-set.ts';
import type { ScoredToken } from '../../../src-main/engine/search/hypothesis.ts';
import type { FinishedEvent } from '../../../src-main/engine/search/search-outcome.ts';
import { stepwise } from '../../../src-main/engine/stepwise.ts';
import { BranchingHashSequence } from '../../fakes/branching-hash-model.ts';
import type { HashModel } from '../../fakes/hash-model.ts';
import { tokens } from '../../fakes/hash-model.ts';

export const prompt = tokens(1, 2, 0);

export function beamSettings(model: HashModel, changes: Partial<BeamSettings> = {}): BeamSettings {
  return {
    width: 4,
    groups: 1,
    diversityPenalty: 0,
    lengthPenalty: 1,
    earlyStopping: false,
    best: 1,
    minimumTokens: 0,
    maximumTokens: 8,
    endTokens: model.endTokens,
    ...changes,
  };
}

export function candidateSettings(
  model: HashModel,
  changes: Partial<CandidateSetSettings> = {},
): CandidateSetSettings {
  return {
    candidates: 4,
    alternatives: 3,
    tokensPerRound: 2,
    policy: 'beam',
    noise: seededNoise(1),
    lengthPenalty: 0,
    best: 1,
    minimumTokens: 0,
    maximumTokens: 8,
    endTokens: model.endTokens,
    ...changes,
  };
}

export async function beamEvents(model: HashModel, settings: BeamSettings): Promise<BeamEvent[]> {
  const events: BeamEvent[] = [];
  for await (const event of beam(new BranchingHashSequence(model), prompt, settings)) events.push(event);
  return events;
}

export async function candidateEvents(
  model: HashModel,
  settings: CandidateSetSettings,
): Promise<CandidateSetEvent[]> {
  const events: CandidateSetEvent[] = [];
  for await (const event of candidateSet(new BranchingHashSequence(model), prompt, settings)) {
    events.push(event);
  }
  return events;
}

export function finishedOf(events: readonly (BeamEvent | CandidateSetEvent)[]): FinishedEvent['hypotheses'] {
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('the last event is not finished');
  return last.hypotheses;
}

export const idsOf = (scored: readonly ScoredToken[]): TokenId[] => scored.map(({ token }) => token);

/** The text that `stepwise` makes, up to an end token or `maximum`. */
export async function plainText(
  model: HashModel,
  policy: Policy,
  noise: Noise,
  maximum: number,
): Promise<TokenId[]> {
  const text: TokenId[] = [];
  for await (const { token } of stepwise(model.open(), prompt, policy, noise)) {
    text.push(token);
    if (model.endTokens.has(token) || text.length === maximum) break;
  }
  return text;
}
