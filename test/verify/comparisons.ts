import type { LanguageModel, Sequence, TokenId } from '../../src-main/engine/model.ts';
import type { Noise } from '../../src-main/engine/noise.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import { composePolicies } from '../../src-main/engine/policy/pipeline.ts';
import type { PolicySettings } from '../../src-main/engine/policy/settings.ts';
import { AdaptiveDraftLength, fixedDraftLength } from '../../src-main/engine/speculate/draft-length.ts';
import { DraftModel } from '../../src-main/engine/speculate/draft-model.ts';
import { PromptLookup } from '../../src-main/engine/speculate/prompt-lookup.ts';
import type { Proposer } from '../../src-main/engine/speculate/proposer.ts';
import { CombinedProposer } from '../../src-main/engine/speculate/proposer.ts';
import { sameText, speculative } from '../../src-main/engine/speculate/speculative.ts';
import { stepwise } from '../../src-main/engine/stepwise.ts';
import type { DecodedToken } from '../../src-main/engine/strategy/decoder.ts';
import { clockedSequence } from '../fakes/clocked-sequence.ts';
import { verifyPrompts } from './prompts.ts';
import type { DraftLengthName, PolicyName, ProposerName, VerifyOptions } from './verify-options.ts';

const settingsOf: Readonly<Record<PolicyName, Partial<PolicySettings>>> = {
  greedy: { temperature: 0 },
  sampling: { temperature: 0.8, topK: 40, topP: 0.95 },
  penalties: { temperature: 0.8, topK: 40, repetitionPenalty: 1.1, presencePenalty: 0.3, noRepeatNgram: 4 },
};

/** One text, decoded both ways. */
export interface Comparison {
  readonly place: number;
  readonly kind: string;
  readonly policy: PolicyName;
  readonly proposer: ProposerName;
  readonly draftLength: DraftLengthName;
  readonly equal: boolean;
  readonly tokens: number;
  readonly proposed: number;
  readonly accepted: number;
}

/** What the texts are decoded on. */
export interface VerifyEngine {
  readonly model: LanguageModel;
  readonly plain: Sequence;
  readonly speculative: Sequence;
  readonly draft: Sequence;
  promptTokens(user: string): readonly TokenId[];
}

/**
 * Decodes prompts plainly and speculatively. The seed of a text follows its place in the list of all prompts,
 * whatever part of them is run.
 */
export async function* comparisons(
  engine: VerifyEngine,
  { prompts, tokens, policies, proposers, draftLengths, rotate, part }: VerifyOptions,
): AsyncGenerator<Comparison, void> {
  for (let number = part.number - 1; number < prompts; number += part.of) {
    const place = Math.floor((number * verifyPrompts.length) / prompts);
    const { kind, user } = verifyPrompts[place]!;
    const prompt = engine.promptTokens(user);
    for (const policy of policies) {
      const task = new Task(engine, prompt, settingsOf[policy], place, tokens);
      const expected = await task.plain();
      for (const [turn, proposer] of proposers.entries()) {
        const chosen = rotate ? [draftLengths[(number + turn) % draftLengths.length]!] : draftLengths;
        for (const draftLength of chosen) {
          const outcome = await task.speculate(expected, proposer, draftLength);
          yield { place, kind, policy, proposer, draftLength, ...outcome };
        }
      }
    }
  }
}

/** Each run gets a policy of its own, since a policy follows one text. */
class Task {
  readonly #engine: VerifyEngine;
  readonly #prompt: readonly TokenId[];
  readonly #settings: Partial<PolicySettings>;
  readonly #seed: number;
  readonly #maxTokens: number;

  constructor(
    engine: VerifyEngine,
    prompt: readonly TokenId[],
    settings: Partial<PolicySettings>,
    seed: number,
    maxTokens: number,
  ) {
    this.#engine = engine;
    this.#prompt = prompt;
    this.#settings = settings;
    this.#seed = seed;
    this.#maxTokens = maxTokens;
  }

  plain(): Promise<TokenId[]> {
    return this.#tokensOf(stepwise(this.#engine.plain, this.#prompt, this.#policy(), this.#noise()));
  }

  async speculate(expected: readonly TokenId[], name: ProposerName, draftLength: DraftLengthName) {
    const { model } = this.#engine;
    // The lengths that adaptive chooses are the same in every run, and drafts are worth their while.
    const { sequence, now } = clockedSequence(this.#engine.speculative);
    let proposed = 0;
    let accepted = 0;
    const rounds = speculative(sequence, this.#prompt, {
      policy: this.#policy(),
      acceptance: sameText(this.#noise()),
      proposer: this.#proposer(name),
      draftLength:
        draftLength === 'adaptive' ? new AdaptiveDraftLength() : fixedDraftLength(Number(draftLength)),
      endTokens: model.endTokens,
      contextLength: model.contextLength,
      maxTokens: this.#maxTokens,
      now,
    });
    async function* decoded() {
      for await (const round of rounds) {
        proposed += round.proposed.length;
        accepted += round.accepted;
        yield* round.tokens;
      }
    }
    const found = await this.#tokensOf(decoded());
    const equal =
      found.length === expected.length && found.every((token, index) => token === expected[index]);
    return { equal, tokens: found.length, proposed, accepted };
  }

  async #tokensOf(decoded: AsyncIterable<DecodedToken>): Promise<TokenId[]> {
    const found: TokenId[] = [];
    for await (const { token } of decoded) {
      found.push(token);
      if (found.length >= this.#maxTokens || this.#engine.model.endTokens.has(token)) break;
    }
    return found;
  }

  #noise(): Noise {
    return seededNoise(this.#seed);
  }

  #policy() {
    const { endTokens } = this.#engine.model;
    return composePolicies(this.#settings, {
      promptLength: this.#prompt.length,
      endTokens,
      seed: this.#seed,
    });
  }

  #proposer(name: ProposerName): Proposer {
    if (name === 'prompt-lookup') return new PromptLookup();
    const { draft: sequence, model } = this.#engine;
    const { contextLength, endTokens } = model;
    const promptLength = this.#prompt.length;
    const [policy, noise] = [this.#policy(), this.#noise()];
    const draft = new DraftModel({ sequence, contextLength, endTokens, policy, noise, promptLength });
    return name === 'draft-model' ? draft : new CombinedProposer([new PromptLookup({ shortest: 2 }), draft]);
  }
}
