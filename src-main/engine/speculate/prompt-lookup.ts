import type { TokenId } from '../model.ts';
import type { Proposal, ProposalLimit, Proposer } from './proposer.ts';

export interface PromptLookupSettings {
  /** Texts that the answer may repeat, besides the prompt and itself; later ones take precedence. Default none. */
  readonly references?: readonly (readonly TokenId[])[];
  /** Tokens that are never proposed, nor what follows them: control tokens. Default none. */
  readonly isControl?: (token: TokenId) => boolean;
  /** Fewest tokens that must match, 1 or more; default 1. */
  readonly shortest?: number;
  /** Longer matches are not distinguished; default 8. */
  readonly longest?: number;
}

/**
 * Proposes what followed the last tokens where they occurred before: in the references, the prompt or the answer so
 * far. The longest match wins; ties go to the latest (Saxena 2023, Yang et al. 2023).
 */
export class PromptLookup implements Proposer {
  readonly #index: NgramIndex;
  readonly #shortest: number;
  readonly #isControl: (token: TokenId) => boolean;
  /** Tokens of the context that are indexed. */
  #indexed = 0;

  constructor(settings: PromptLookupSettings = {}) {
    const { references = [], isControl = () => false, shortest = 1, longest = 8 } = settings;
    this.#shortest = shortest;
    this.#isControl = isControl;
    this.#index = new NgramIndex(longest);
    for (const reference of references) {
      for (const token of reference) this.#index.add(token);
      this.#index.endText();
    }
  }

  async propose(context: readonly TokenId[], limit: ProposalLimit): Promise<Proposal | undefined> {
    for (; this.#indexed < context.length; this.#indexed++) this.#index.add(context[this.#indexed]!);
    const { matchLength } = this.#index;
    if (matchLength < this.#shortest) return undefined;
    const found = this.#index.continuation(limit('prompt-lookup', matchLength));
    const end = found.findIndex(this.#isControl);
    const tokens = end < 0 ? found : found.slice(0, end);
    return tokens.length > 0 ? { tokens, source: 'prompt-lookup', matchLength } : undefined;
  }
}

/** Stands between two texts; no token has this id. */
const boundary = -1;
const absent = -1;
/** Above every token id, so that node and token make one key. */
const widestVocabulary = 2 ** 22;

/**
 * Where the last tokens occurred before: a trie of all n-grams up to `longest`, each with its latest occurrence.
 * Adding a token is O(longest), whatever the length of the texts; a query is O(1).
 */
export class NgramIndex {
  readonly #longest: number;
  readonly #tokens: number[] = [];
  readonly #children = new Map<number, number>();
  /** By node: the index after its latest occurrence that is followed by a token; 0 if there is none. */
  readonly #latest: number[] = [0];
  /** The nodes of the n-grams that end at the last token, by n; `absent` if the text is shorter. */
  readonly #suffixes: Int32Array;
  #matchLength = 0;
  #next = 0;

  /** @param longest 1 or more: longer matches count as this long, and the latest of them wins */
  constructor(longest: number) {
    this.#longest = longest;
    this.#suffixes = new Int32Array(longest + 1).fill(absent);
    this.#suffixes[0] = 0;
  }

  add(token: TokenId): void {
    const suffixes = this.#suffixes;
    const index = this.#tokens.push(token) - 1;
    this.#matchLength = 0;
    for (let length = this.#longest; length > 0; length--) {
      // Only now is this n-gram, the last one so far, followed by a token.
      const ended = suffixes[length]!;
      if (ended !== absent) this.#latest[ended] = index;
      const parent = suffixes[length - 1]!;
      suffixes[length] = parent === absent ? absent : this.#child(parent, token);
    }
    for (let length = this.#longest; length > 0; length--) {
      const node = suffixes[length]!;
      if (node === absent || this.#latest[node] === 0) continue;
      this.#matchLength = length;
      this.#next = this.#latest[node]!;
      return;
    }
  }

  /** Nothing that is added later continues what was added before. */
  endText(): void {
    this.#tokens.push(boundary);
    this.#suffixes.fill(absent, 1);
    this.#matchLength = 0;
  }

  /** Length of the longest suffix of the text that occurred before; 0 if not even the last token did. */
  get matchLength(): number {
    return this.#matchLength;
  }

  /**
   * The tokens after the latest occurrence of the longest match, up to the end of its text. At the end of the last
   * text they repeat periodically, as the text would.
   */
  continuation(count: number): TokenId[] {
    const found: number[] = [];
    if (this.#matchLength === 0) return [];
    for (let index = this.#next; found.length < count; index++) {
      const end = this.#tokens.length;
      const token = index < end ? this.#tokens[index]! : found[index - end]!;
      if (token === boundary) break;
      found.push(token);
    }
    return found as TokenId[];
  }

  #child(parent: number, token: number): number {
    const key = parent * widestVocabulary + token;
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const node = this.#latest.push(0) - 1;
    this.#children.set(key, node);
    return node;
  }
}
