import type { TokenId } from '../model.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { ByteText } from './byte-text.ts';

/** Between tokens in one string: not a byte. */
const separator = '\u0100';

/** Finds the tokens of a vocabulary by their bytes. Special tokens have none and are never found. */
export class TokenIndex {
  readonly #bytes: readonly ByteText[];
  /** The bytes of all tokens, and where each token starts. */
  readonly #all: string;
  readonly #starts: readonly number[];
  /** Tokens with bytes, in the order of these. */
  readonly #sorted: readonly TokenId[];
  readonly #longest: number;

  constructor(vocabulary: Vocabulary, size: number) {
    const bytes = Array.from({ length: size }, (_, id) =>
      String.fromCharCode(...vocabulary.bytes(id as TokenId)),
    );
    this.#bytes = bytes;
    this.#all = bytes.join(separator);
    let start = 0;
    this.#starts = bytes.map(({ length }) => (start += length + 1) - length - 1);
    const ids = Array.from(bytes.keys()) as TokenId[];
    this.#sorted = ids
      .filter((id) => bytes[id] !== '')
      .sort((one, other) => (bytes[one]! < bytes[other]! ? -1 : bytes[one]! > bytes[other]! ? 1 : 0));
    this.#longest = bytes.reduce((longest, { length }) => Math.max(longest, length), 0);
  }

  bytes(token: TokenId): ByteText {
    return this.#bytes[token] ?? '';
  }

  /** The bytes of `context` from index `start` on. */
  textFrom(context: readonly TokenId[], start: number): ByteText {
    return Array.from({ length: Math.max(0, context.length - start) }, (_, place) =>
      this.bytes(context[start + place]!),
    ).join('');
  }

  /** What `context` ends with since its last special token and index `start`: at least `length` bytes, if it has them. */
  textBefore(context: readonly TokenId[], start: number, length: number): ByteText {
    let text = '';
    for (let place = context.length - 1; place >= start && text.length < length; place--) {
      const bytes = this.bytes(context[place]!);
      if (bytes === '') break;
      text = bytes + text;
    }
    return text;
  }

  /** The tokens whose bytes start with `prefix`. */
  *startingWith(prefix: ByteText): Generator<TokenId, void> {
    for (let place = this.#firstFrom(prefix); place < this.#sorted.length; place++) {
      const token = this.#sorted[place]!;
      if (!this.bytes(token).startsWith(prefix)) return;
      yield token;
    }
  }

  /** Every place where a token contains `part`, which is not empty. */
  *containing(part: ByteText): Generator<{ readonly token: TokenId; readonly at: number }, void> {
    for (let place = this.#all.indexOf(part); place >= 0; place = this.#all.indexOf(part, place + 1)) {
      const token = firstIndex(this.#starts, (start) => start > place) - 1;
      yield { token: token as TokenId, at: place - this.#starts[token]! };
    }
  }

  /** The longest token that `bytes` start with. */
  longestPrefixOf(bytes: ByteText): TokenId | undefined {
    for (let length = Math.min(bytes.length, this.#longest); length > 0; length--) {
      const prefix = bytes.slice(0, length);
      const token = this.#sorted[this.#firstFrom(prefix)];
      if (token !== undefined && this.bytes(token) === prefix) return token;
    }
    return undefined;
  }

  /** Place in the order of bytes of the first token that isn't before `bytes`. */
  #firstFrom(bytes: ByteText): number {
    return firstIndex(this.#sorted, (token) => this.bytes(token) >= bytes);
  }
}

const indexes = new WeakMap<Vocabulary, TokenIndex>();

/** The index of a vocabulary, which is built once. @param size number of its tokens */
export function tokenIndexOf(vocabulary: Vocabulary, size: number): TokenIndex {
  const known = indexes.get(vocabulary);
  if (known) return known;
  const index = new TokenIndex(vocabulary, size);
  indexes.set(vocabulary, index);
  return index;
}

/** The first index of `list` where `holds` is true, which it stays from there on; the length if there is none. */
function firstIndex<Item>(list: readonly Item[], holds: (item: Item) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
