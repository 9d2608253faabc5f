import type { TokenId } from '../engine/model.ts';
import type { TokenizerFile } from './tokenizer-file.ts';

/** Merges between two yields: some ten milliseconds. */
const mergesPerStep = 16_384;
/** Positions in a piece are below this; a heap entry is rank times it plus position. */
const positions = 2 ** 24;

/**
 * Byte-pair encoding (Sennrich et al. 2016) of one piece of text in O(n log n), as the library's, but in steps and in
 * typed arrays: the library takes over seven seconds for a piece of a million bytes, without yielding.
 */
export class BytePairMerges {
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #size: number;
  /** Tokens of single bytes, by the code of their printable character; -1 for none. */
  readonly #bytes = new Int32Array(0x200).fill(-1);
  /** Rank of a merge by its pair of tokens. */
  readonly #ranks = new Map<number, number>();
  /** Token that a merge makes, by its rank. */
  readonly #results: Int32Array;

  private constructor(
    vocabulary: ReadonlyMap<string, number>,
    merges: readonly (readonly [string, string])[],
  ) {
    this.#vocabulary = vocabulary;
    this.#size = 1 + [...vocabulary.values()].reduce((most, id) => Math.max(most, id), 0);
    for (const [entry, id] of vocabulary)
      if (entry.length === 1 && entry.charCodeAt(0) < this.#bytes.length)
        this.#bytes[entry.charCodeAt(0)] = id;
    this.#results = new Int32Array(merges.length);
    merges.forEach(([left, right], rank) => {
      const key = vocabulary.get(left)! * this.#size + vocabulary.get(right)!;
      this.#ranks.set(key, rank);
      this.#results[rank] = vocabulary.get(left + right)!;
    });
  }

  /** undefined for a model whose rules are not the plain ones of byte-level BPE. */
  static of({ model }: TokenizerFile): BytePairMerges | undefined {
    const special = [
      'unk_token',
      'continuing_subword_prefix',
      'end_of_word_suffix',
      'byte_fallback',
      'dropout',
    ];
    if (special.some((name) => model[name] !== undefined && model[name] !== null && model[name] !== false))
      return undefined;
    const vocabulary = new Map(Object.entries(model.vocab));
    const merges = model.merges.map(pairOf);
    const plain = merges.every(
      (pair) => pair && [...pair, pair.join('')].every((entry) => vocabulary.has(entry)),
    );
    return plain ? new BytePairMerges(vocabulary, merges as [string, string][]) : undefined;
  }

  /** The most bytes that a token stands for. */
  get longestToken(): number {
    return [...this.#vocabulary.keys()].reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** Whether a byte, as its printable character, has a token; one without is lost. */
  has(character: string): boolean {
    return this.#vocabulary.has(character);
  }

  /** The tokens of `piece`, whose bytes are written as printable characters; yields between steps. */
  *encode(piece: string): Generator<void, TokenId[]> {
    const { length } = piece;
    if (length >= positions) throw new RangeError(`a piece of ${length} bytes`);
    const ids = new Int32Array(length);
    const next = new Int32Array(length);
    const previous = new Int32Array(length);
    /** Rank of the pair that starts at each position; -1 for none. */
    const ranks = new Int32Array(length);
    const heap = new MinimumHeap(3 * length);
    const rate = (at: number) => {
      const right = next[at]!;
      const rank = right < length ? this.#rank(ids[at]!, ids[right]!) : -1;
      ranks[at] = rank;
      if (rank >= 0) heap.push(rank * positions + at);
    };
    for (let at = length - 1; at >= 0; at -= 1) {
      ids[at] = this.#bytes[piece.charCodeAt(at)] ?? -1;
      next[at] = at + 1;
      previous[at] = at - 1;
      rate(at);
      if (at % mergesPerStep === 0) yield;
    }
    for (let count = 1; heap.size > 0; count += 1) {
      if (count % mergesPerStep === 0) yield;
      const entry = heap.pop();
      const at = entry % positions;
      const rank = (entry - at) / positions;
      // Another merge has taken one of the two since.
      if (ranks[at] !== rank) continue;
      const right = next[at]!;
      const after = next[right]!;
      ids[at] = this.#results[rank]!;
      ranks[right] = -1;
      next[at] = after;
      if (after < length) previous[after] = at;
      if (previous[at]! >= 0) rate(previous[at]!);
      rate(at);
    }
    const tokens: TokenId[] = [];
    for (let at = 0; at < length; at = next[at]!) if (ids[at]! >= 0) tokens.push(ids[at] as TokenId);
    return tokens;
  }

  /** Rank of the merge of two tokens; -1 for none, as for bytes without a token. */
  #rank(left: number, right: number): number {
    return left < 0 || right < 0 ? -1 : (this.#ranks.get(left * this.#size + right) ?? -1);
  }
}

function pairOf(merge: unknown): readonly [string, string] | undefined {
  const parts: readonly unknown[] =
    typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : [];
  const [left, right] = parts;
  return parts.length === 2 && typeof left === 'string' && typeof right === 'string'
    ? [left, right]
    : undefined;
}

/** A binary heap of numbers, least first. */
class MinimumHeap {
  size = 0;
  readonly #entries: Float64Array;

  constructor(capacity: number) {
    this.#entries = new Float64Array(capacity);
  }

  push(entry: number): void {
    const entries = this.#entries;
    let at = this.size++;
    for (let parent = (at - 1) >> 1; at > 0 && entries[parent]! > entry; parent = (at - 1) >> 1) {
      entries[at] = entries[parent]!;
      at = parent;
    }
    entries[at] = entry;
  }

  pop(): number {
    const entries = this.#entries;
    const least = entries[0]!;
    const last = entries[--this.size]!;
    let at = 0;
    for (let child = 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && entries[child + 1]! < entries[child]!) child += 1;
      if (entries[child]! >= last) break;
      entries[at] = entries[child]!;
      at = child;
    }
    entries[at] = last;
    return least;
  }
}
