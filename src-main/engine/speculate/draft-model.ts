import { choose } from '../choose.ts';
import type { Distribution } from '../distribution.ts';
import type { LanguageModel, Sequence, TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { Noise } from '../noise.ts';
import type { Policy } from '../policy/policy.ts';
import { prefill } from '../prefill.ts';
import type { Proposal, ProposalLimit, Proposer } from './proposer.ts';

/** A model that drafts for another one, and its sequence; their vocabularies were compared (`requireSameVocabulary`). */
export interface Drafter {
  readonly model: LanguageModel;
  /** Its cache is reused from one generation to the next. */
  readonly sequence: Sequence;
}

export interface DraftModelSettings {
  readonly sequence: Sequence;
  /** Most tokens that the sequence can hold. */
  readonly contextLength: number;
  /** Nothing is proposed after one of these. */
  readonly endTokens: ReadonlySet<TokenId>;
  /** A separate instance of the target's policy. */
  readonly policy: Policy;
  /**
   * For `sameText` the target's noise: equal noise makes equal choices likely (Daliri et al. 2024).
   * For `rejection` independent noise (`draftNoise`).
   */
  readonly noise: Noise;
  /** Tokens before the answer: position 0 follows them. */
  readonly promptLength: number;
}

/** A smaller or coarser model drafts (Leviathan et al. 2023, Chen et al. 2023). */
export class DraftModel implements Proposer {
  readonly #settings: DraftModelSettings;
  /** The policy after the first `#followed` tokens of the context. */
  #policy: Policy;
  #followed: number;
  /** The policy at each token of the last draft, before it was advanced by that token, and after the whole draft. */
  #drafted: Policy[] = [];

  constructor(settings: DraftModelSettings) {
    this.#settings = settings;
    this.#policy = settings.policy;
    this.#followed = settings.promptLength;
  }

  async propose(context: readonly TokenId[], limit: ProposalLimit): Promise<Proposal | undefined> {
    const { sequence, contextLength, endTokens, noise, promptLength } = this.#settings;
    // The last token that is proposed isn't read.
    const room = contextLength - context.length + 1;
    const length = room > 0 ? Math.min(room, limit('draft-model', 0)) : 0;
    if (length <= 0) return undefined;
    for await (const _ of prefill(sequence, context));
    for (; this.#followed < context.length; this.#followed++) this.#policy.advance(context[this.#followed]!);
    const tokens: TokenId[] = [];
    const distributions: Distribution[] = [];
    const draft = [...context];
    let policy = this.#policy.fork();
    this.#drafted = [];
    while (tokens.length < length) {
      const [logits] = await sequence.forward(align(sequence, draft));
      const distribution = policy.apply(logits!, draft);
      const token = choose(distribution, draft.length - promptLength, noise);
      this.#drafted.push(policy);
      policy = policy.fork();
      policy.advance(token);
      distributions.push(distribution);
      tokens.push(token);
      draft.push(token);
      if (endTokens.has(token)) break;
    }
    this.#drafted.push(policy);
    return { tokens, distributions, source: 'draft-model', matchLength: 0 };
  }

  /** Rolls the policy back to the position at which the target chose another token. */
  accepted(count: number): void {
    this.#policy = this.#drafted[count] ?? this.#policy;
    this.#followed += count;
  }
}
