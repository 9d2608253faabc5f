import type { TokenId } from '../model.ts';
import { NgramIndex } from './ngram-index.ts';
import type { Limit, Proposal, Proposer } from './proposer.ts';

export interface PromptLookupSettings {
  /** Texts that the answer may repeat, besides the prompt and itself; later ones go first. Default none. */
  readonly references?: readonly (readonly TokenId[])[];
  /** Fewest tokens that must match, 1 or more; default 1. */
  readonly shortest?: number;
  /** Longest match that is told from a longer one; default 8. */
  readonly longest?: number;
}

/**
 * Proposes what followed the last tokens where they stood before: in the references, the prompt or the
 * answer so far. The longest match goes first, of equals the latest (Saxena 2023, Yang et al. 2023).
 */
export class PromptLookup implements Proposer {
  readonly #index: NgramIndex;
  readonly #shortest: number;
  /** Tokens of the context that are indexed. */
  #read = 0;

  constructor({ references = [], shortest = 1, longest = 8 }: PromptLookupSettings = {}) {
    this.#shortest = shortest;
    this.#index = new NgramIndex(longest);
    for (const reference of references) {
      for (const token of reference) this.#index.add(token);
      this.#index.endText();
    }
  }

  async propose(context: readonly TokenId[], limit: Limit): Promise<Proposal | undefined> {
    for (; this.#read < context.length; this.#read++) this.#index.add(context[this.#read]!);
    const support = this.#index.matchLength;
    if (support < this.#shortest) return undefined;
    const tokens = this.#index.continuation(limit('prompt-lookup', support));
    return tokens.length > 0 ? { tokens, source: 'prompt-lookup', support } : undefined;
  }
}
