import type { Statistics, TokenEvent } from '../contract/generation.ts';
import type { Branches, HiddenStates, Sequence, SequenceWithHiddenStates, TokenId } from './model.ts';
import { repetitionOf } from './repetition.ts';

/** Counts and times one generation. `now` returns milliseconds. */
export class RunCounters {
  readonly #now: () => number;
  readonly #start: number;
  #first = 0;
  #last = 0;
  #forwards = 0;
  /** All tokens so far, an end token included. */
  readonly tokens: TokenId[] = [];
  /** Whether the last one is an end token. */
  #ended = false;
  /** Of each token. */
  readonly #logProbabilities: number[] = [];
  #approximateTokens = 0;
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
  countToken({ id, logProbability, approximate }: Omit<TokenEvent, 'text'>, ends: boolean): void {
    this.#last = this.#now();
    if (this.tokens.length === 0) this.#first = this.#last;
    this.tokens.push(id as TokenId);
    this.#logProbabilities.push(logProbability);
    if (approximate) this.#approximateTokens++;
    this.#ended = ends;
  }

  /** @param index 0-based number of an approximate token */
  rescore(index: number, logProbability: number): void {
    this.#logProbabilities[index] = logProbability;
    this.#approximateTokens--;
  }

  countRound(proposed: number, accepted: number): void {
    this.#proposed = (this.#proposed ?? 0) + proposed;
    this.#accepted += accepted;
  }

  statistics(): Statistics {
    const tokens = this.tokens.length;
    const decodingMs = this.#last - this.#first;
    const sum = this.#logProbabilities.reduce((total, value) => total + value, 0);
    const mean = tokens > 0 ? sum / tokens : 0;
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
      logProbabilitySum: sum,
      logProbabilityMean: mean,
      perplexity: tokens > 0 ? Math.exp(-mean) : 1,
      ...(this.#approximateTokens > 0 ? { approximateTokens: this.#approximateTokens } : {}),
      ...repetitionOf(this.#ended ? this.tokens.slice(0, -1) : this.tokens),
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
