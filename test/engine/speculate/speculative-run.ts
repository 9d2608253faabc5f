import type { TokenOrigin } from '../../../src-main/contract/generation.ts';
import type { LanguageModel, Sequence, TokenId } from '../../../src-main/engine/model.ts';
import type { Noise } from '../../../src-main/engine/noise.ts';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import { composePolicies } from '../../../src-main/engine/policy/pipeline.ts';
import type { Policy } from '../../../src-main/engine/policy/policy.ts';
import type { PolicySettings } from '../../../src-main/engine/policy/settings.ts';
import type { Round } from '../../../src-main/engine/speculate/draft-length.ts';
import { AdaptiveDraftLength, fixedDraftLength } from '../../../src-main/engine/speculate/draft-length.ts';
import { DraftModel } from '../../../src-main/engine/speculate/draft-model.ts';
import { PromptLookup } from '../../../src-main/engine/speculate/prompt-lookup.ts';
import type { Proposal, ProposalLimit, Proposer } from '../../../src-main/engine/speculate/proposer.ts';
import { CombinedProposer } from '../../../src-main/engine/speculate/proposer.ts';
import { sameText, speculative } from '../../../src-main/engine/speculate/speculative.ts';
import { stepwise } from '../../../src-main/engine/stepwise.ts';
import type { SpeculativeSettings } from '../../../src-main/engine/speculate/speculative.ts';
import { clockedSequence } from '../../fakes/clocked-sequence.ts';

/** One text to decode; every proposer must give the same. */
export interface Task {
  readonly model: LanguageModel;
  readonly draft: LanguageModel;
  readonly prompt: readonly TokenId[];
  readonly policy: Partial<PolicySettings>;
  readonly seed: number;
  readonly count: number;
}

export const policyOf = ({ model, prompt, policy, seed }: Task): Policy =>
  composePolicies(policy, { promptLength: prompt.length, endTokens: model.endTokens, seed });

/** Settings of every kind that depends on the context, and one with a state. */
export const policies: Readonly<Record<string, Partial<PolicySettings>>> = {
  greedy: { temperature: 0 },
  sampling: { temperature: 1.3, topK: 20, topP: 0.95 },
  'greedy, penalties': { temperature: 0, repetitionPenalty: 1.3, frequencyPenalty: 0.5, noRepeatNgram: 3 },
  'sampling, penalties': {
    repetitionPenalty: 1.2,
    presencePenalty: 0.7,
    dryMultiplier: 0.8,
    minimumLength: 9,
  },
  mirostat: { mirostatTarget: 1.5 },
};

export async function plain(task: Task): Promise<TokenId[]> {
  const found: TokenId[] = [];
  const steps = stepwise(task.model.open(), task.prompt, policyOf(task), seededNoise(task.seed));
  for await (const { token } of steps) {
    found.push(token);
    if (found.length >= task.count || task.model.endTokens.has(token)) break;
  }
  return found;
}

/** Proposes the answer of plain decoding with random errors. */
class NoisyOracle implements Proposer {
  readonly #answer: readonly TokenId[];
  readonly #task: Task;
  readonly #noise: Noise;

  constructor(task: Task, answer: readonly TokenId[]) {
    this.#task = task;
    this.#answer = answer;
    this.#noise = seededNoise(task.seed + 1);
  }

  async propose(context: readonly TokenId[], limit: ProposalLimit): Promise<Proposal | undefined> {
    const position = context.length - this.#task.prompt.length;
    const length = limit('draft-model', 0);
    const tokens = this.#answer
      .slice(position, position + length)
      .map((token, index) => (this.#noise(position, index) < 0.8 ? token : (0 as TokenId)));
    return tokens.length > 0 ? { tokens, source: 'draft-model', matchLength: 0 } : undefined;
  }
}

export const proposers: Readonly<
  Record<string, (task: Task, noise: Noise, answer: readonly TokenId[]) => Proposer>
> = {
  'prompt lookup': (task) => new PromptLookup({ references: [[...task.prompt].reverse()] }),
  'draft model': draftModel,
  combined: (task, noise) =>
    new CombinedProposer([new PromptLookup({ shortest: 2 }), draftModel(task, noise)]),
  'noisy oracle': (task, _, answer) => new NoisyOracle(task, answer),
};

export function draftModel(task: Task, noise: Noise): DraftModel {
  const { contextLength, endTokens } = task.draft;
  const sequence = task.draft.open();
  const promptLength = task.prompt.length;
  return new DraftModel({ sequence, contextLength, endTokens, policy: policyOf(task), noise, promptLength });
}

export const draftLengths = [1, 2, 3, 4, 5, 6, 7, 8, 'adaptive'] as const;
export type DraftLengthName = (typeof draftLengths)[number];

export interface SpeculativeRun {
  readonly tokens: readonly TokenId[];
  readonly origins: readonly (TokenOrigin | undefined)[];
  readonly rounds: readonly {
    readonly start: number;
    readonly round: Round;
    /** The tokens in the cache after the round. */
    readonly cached: readonly TokenId[];
  }[];
}

export async function speculate(
  task: Task,
  proposer: Proposer,
  draftLength: DraftLengthName,
  changes: Partial<SpeculativeSettings> & { readonly opened?: Sequence } = {},
): Promise<SpeculativeRun> {
  const { opened = task.model.open(), ...settings } = changes;
  const { sequence, now } = clockedSequence(opened);
  const decoding = speculative(sequence, task.prompt, {
    policy: policyOf(task),
    acceptance: sameText(seededNoise(task.seed)),
    proposer,
    draftLength: draftLength === 'adaptive' ? new AdaptiveDraftLength() : fixedDraftLength(draftLength),
    endTokens: task.model.endTokens,
    contextLength: task.model.contextLength,
    maxTokens: task.count,
    now,
    ...settings,
  });
  const tokens: TokenId[] = [];
  const origins: (TokenOrigin | undefined)[] = [];
  const rounds: SpeculativeRun['rounds'][number][] = [];
  for await (const round of decoding) {
    rounds.push({ start: tokens.length, round, cached: [...sequence.tokens] });
    for (const { token, origin } of round.tokens) {
      tokens.push(token);
      origins.push(origin);
      if (tokens.length >= task.count || task.model.endTokens.has(token)) return { tokens, origins, rounds };
    }
  }
  return { tokens, origins, rounds };
}
