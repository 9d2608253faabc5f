import type { TokenId } from '../model.ts';

/** Stands between two texts; no token has it. */
const boundary = -1;
const absent = -1;
/** More than any token, so that node and token make one key. */
const widestVocabulary = 2 ** 22;

/**
 * Where the last tokens occurred before: a trie of all n-grams up to `longest`, each with its latest
 * occurrence. A token is added in O(longest), whatever the length of the texts, and asked for in O(1).
 */
export class NgramIndex {
  readonly #longest: number;
  readonly #tokens: number[] = [];
  readonly #children = new Map<number, number>();
  /** Of each node, the index behind its latest occurrence that goes on; 0 where there is none. */
  readonly #latest: number[] = [0];
  /** The nodes of the n-grams that end at the last token, by n; `absent` where the text is shorter. */
  readonly #suffixes: Int32Array;
  #length = 0;
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
    this.#length = 0;
    for (let length = this.#longest; length > 0; length--) {
      // Only now does this n-gram, the last one, have something behind it.
      const ended = suffixes[length]!;
      if (ended !== absent) this.#latest[ended] = index;
      const parent = suffixes[length - 1]!;
      suffixes[length] = parent === absent ? absent : this.#child(parent, token);
    }
    for (let length = this.#longest; length > 0; length--) {
      const node = suffixes[length]!;
      if (node === absent || this.#latest[node] === 0) continue;
      this.#length = length;
      this.#next = this.#latest[node]!;
      return;
    }
  }

  /** Nothing that is added later continues what was added before. */
  endText(): void {
    this.#tokens.push(boundary);
    this.#suffixes.fill(absent, 1);
    this.#length = 0;
  }

  /** The length of the longest end of the text that occurred before; 0 where not even the last token did. */
  get matchLength(): number {
    return this.#length;
  }

  /**
   * What followed the latest occurrence of the longest match, up to the end of its text; where it
   * reaches the end of all, it repeats itself, as the text would.
   */
  continuation(count: number): TokenId[] {
    const found: number[] = [];
    if (this.#length === 0) return [];
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
