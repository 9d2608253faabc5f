/** A token's index in the vocabulary, as the model numbers it. */
export type TokenId = number & { readonly __token: never };

/** One score per vocabulary entry, not normalised. Valid until the next forward of its sequence. */
export type Logits = Float32Array;

/**
 * Which forwards give the row after a text the same bits. `any`: all of them. `linear`: all that read the text as one sequence,
 * however it is split, but not trees of branches. `split`: only those that split the text alike.
 */
export type RowAgreement = 'any' | 'linear' | 'split';

export interface LanguageModel {
  readonly vocabularySize: number;
  /** Most tokens that a sequence can hold. */
  readonly contextLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly rowAgreement: RowAgreement;
  /** A new, empty sequence; the caller closes it. */
  open(): Sequence;
}

/** A list of tokens that the model has read. `tokens` is the truth about its key/value cache. */
export interface Sequence {
  readonly tokens: readonly TokenId[];
  /**
   * Appends `tokens` (at least one) and computes the logits after each of the last `keep` of them
   * (0 to tokens.length, default 1). On failure or interruption `tokens` is as before the call.
   */
  forward(tokens: readonly TokenId[], keep?: number): Promise<Logits[]>;
  /** Forgets the last `count` tokens, in constant time. */
  rollback(count: number): void;
  /** Ends a running forward early: it rejects with ForedraftError `run-interrupted`. */
  interrupt(): void;
  /** Frees the cache; the sequence can't be used again. */
  close(): void;
}

/**
 * Rolls `sequence` back to the longest prefix it shares with `tokens` and returns the tokens that
 * are still to be read. At least one is returned, since logits come only from a forward.
 * Nothing else trims caches.
 */
export function align(sequence: Sequence, tokens: readonly TokenId[]): readonly TokenId[] {
  const most = Math.min(sequence.tokens.length, tokens.length - 1);
  let shared = 0;
  while (shared < most && sequence.tokens[shared] === tokens[shared]) shared++;
  sequence.rollback(sequence.tokens.length - shared);
  return tokens.slice(shared);
}

/** A sequence that can be continued in several ways at once. */
export interface BranchingSequence extends Sequence {
  /** Until the branches are closed, the sequence itself must not be used. */
  branch(): Branches;
}

/**
 * Several continuations of one sequence, read side by side: they share its cache and, among themselves, every
 * prefix they have in common (tree attention). The newest tokens are the leaves; a leaf that a call of `advance`
 * doesn't name as a parent is dropped.
 */
export interface Branches {
  /**
   * One forward for all: leaf i of the result continues leaf `parents[i]` of the last result by `tokens[i]`.
   * Before the first call there is one leaf, the sequence itself. A parent may be named several times.
   * @returns the logits after each of `tokens`, valid until the next call
   */
  advance(parents: readonly number[], tokens: readonly TokenId[]): Promise<Logits[]>;
  /** The tokens of a leaf after those of the sequence. */
  path(leaf: number): readonly TokenId[];
  /** Ends the branches; the sequence is unchanged by them. */
  close(): void;
}

/** What a model computes for each token before its output head. */
export interface HiddenStates {
  /** One vector for each token that the last forward gave logits for, in order; valid until the next forward. */
  hiddenStates(): readonly Float32Array[];
}

/** A sequence whose hidden states, and those of its branches, can be read. */
export interface SequenceWithHiddenStates extends BranchingSequence, HiddenStates {
  branch(): Branches & HiddenStates;
}
