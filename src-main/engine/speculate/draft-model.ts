import type { Distribution, Policy } from '../distribution.ts';
import { choose } from '../choose.ts';
import type { Sequence, TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { Noise } from '../noise.ts';
import { prefill } from '../prefill.ts';
import type { Limit, Proposal, Proposer } from './proposer.ts';

export interface DraftModelSettings {
  /** Of a model whose vocabulary was checked (`requireSameVocabulary`); its cache serves turn after turn. */
  readonly sequence: Sequence;
  /** Most tokens that the sequence can hold. */
  readonly contextLength: number;
  /** Nothing is proposed behind one of these. */
  readonly endTokens: ReadonlySet<TokenId>;
  /** The target's policy, as an instance of its own. */
  readonly policy: Policy;
  /**
   * For `sameText` the target's own noise: equal noise makes equal choices likely (Daliri et al. 2024).
   * For `rejection` a noise of its own (`draftNoise`).
   */
  readonly noise: Noise;
  /** Tokens in front of the answer: position 0 is behind them. */
  readonly promptLength: number;
}

/** A smaller or coarser model writes ahead (Leviathan et al. 2023, Chen et al. 2023). */
export class DraftModel implements Proposer {
  readonly #settings: DraftModelSettings;

  constructor(settings: DraftModelSettings) {
    this.#settings = settings;
  }

  async propose(context: readonly TokenId[], limit: Limit): Promise<Proposal | undefined> {
    const { sequence, contextLength, endTokens, policy, noise, promptLength } = this.#settings;
    // The last token that is proposed isn't read.
    const room = contextLength - context.length + 1;
    const length = room > 0 ? Math.min(room, limit('draft-model', 0)) : 0;
    if (length <= 0) return undefined;
    for await (const _ of prefill(sequence, context));
    const tokens: TokenId[] = [];
    const distributions: Distribution[] = [];
    const draft = [...context];
    while (tokens.length < length) {
      const [logits] = await sequence.forward(align(sequence, draft));
      const distribution = policy(logits!, draft);
      const token = choose(distribution, draft.length - promptLength, noise);
      distributions.push(distribution);
      tokens.push(token);
      draft.push(token);
      if (endTokens.has(token)) break;
    }
    return { tokens, distributions, source: 'draft-model', support: 0 };
  }
}
