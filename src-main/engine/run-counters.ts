import type { Statistics } from '../contract/generation.ts';
import type { Branches, HiddenStates, Sequence, SequenceWithHiddenStates, TokenId } from './model.ts';
import { repetitionOf } from './repetition.ts';

/** Counts and times one generation. `now` returns milliseconds. */
export class RunCounters {
  readonly #now: () => number;
  readonly #start: number;
  #first = 0;
  #last = 0;
  #forwards = 0;
  #outputTokens = 0;
  /** The tokens of the text, without an end token. */
  readonly #text: TokenId[] = [];
  #logProbabilitySum = 0;
  /** undefined: nothing was ever proposed. */
  #proposed: number | undefined;
  #accepted = 0;
  promptTokens = 0;
  reusedTokens = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  /** `sequence`, with its forwards counted. */
  watch(sequence: Sequence): Sequence {
    return countedSequence(sequence, () => this.#forwards++);
  }

  /** @param ends whether it is an end token, which is not part of the text */
  countToken(token: TokenId, logProbability: number, ends: boolean): void {
    this.#last = this.#now();
    if (this.#outputTokens === 0) this.#first = this.#last;
    this.#outputTokens++;
    if (!ends) this.#text.push(token);
    this.#logProbabilitySum += logProbability;
  }

  countRound(proposed: number, accepted: number): void {
    this.#proposed = (this.#proposed ?? 0) + proposed;
    this.#accepted += accepted;
  }

  statistics(): Statistics {
    const tokens = this.#outputTokens;
    const decodingMs = this.#last - this.#first;
    const mean = tokens > 0 ? this.#logProbabilitySum / tokens : 0;
    return {
      promptTokens: this.promptTokens,
      reusedTokens: this.reusedTokens,
      outputTokens: tokens,
      firstTokenMs: tokens > 0 ? this.#first - this.#start : 0,
      totalMs: this.#now() - this.#start,
      tokensPerSecond: tokens > 1 && decodingMs > 0 ? ((tokens - 1) / decodingMs) * 1000 : 0,
      forwards: this.#forwards,
      ...(this.#proposed === undefined
        ? {}
        : { proposedTokens: this.#proposed, acceptedTokens: this.#accepted }),
      logProbabilitySum: this.#logProbabilitySum,
      logProbabilityMean: mean,
      perplexity: tokens > 0 ? Math.exp(-mean) : 1,
      ...repetitionOf(this.#text),
    };
  }
}

/** `sequence` with all its capabilities, calling `count` at each forward of it or of its branches. */
export function countedSequence(sequence: Sequence | SequenceWithHiddenStates, count: () => void): Sequence {
  const counted: Sequence = {
    get tokens() {
      return sequence.tokens;
    },
    forward: (tokens, keep) => {
      count();
      return sequence.forward(tokens, keep);
    },
    rollback: (dropped) => sequence.rollback(dropped),
    interrupt: () => sequence.interrupt(),
    close: () => sequence.close(),
  };
  if (!('branch' in sequence)) return counted;
  const branching: Pick<SequenceWithHiddenStates, 'branch' | 'hiddenStates'> = {
    branch: () => countedBranches(sequence.branch(), count),
    hiddenStates: () => sequence.hiddenStates(),
  };
  return Object.assign(counted, branching);
}

function countedBranches(branches: Branches & HiddenStates, count: () => void): Branches & HiddenStates {
  return {
    advance: (parents, tokens) => {
      count();
      return branches.advance(parents, tokens);
    },
    path: (leaf) => branches.path(leaf),
    close: () => branches.close(),
    hiddenStates: () => branches.hiddenStates(),
  };
}
