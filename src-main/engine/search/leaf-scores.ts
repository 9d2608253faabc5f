import type { Alternative } from '../../contract/generation.ts';
import { logSumExp } from '../distribution.ts';
import type { Logits, TokenId } from '../model.ts';
import type { Hypothesis, ScoredToken } from './hypothesis.ts';
import type { SearchSettings } from './search-settings.ts';
import type { TopContinuations } from './top-continuations.ts';

/** The logits after each leaf of one forward, as log-probabilities. */
export class LeafScores {
  readonly #settings: SearchSettings;
  /** Prompt and hypothesis, overwritten for every leaf. */
  readonly #context: TokenId[];
  readonly #promptLength: number;
  #adjusted = new Float32Array(0);
  #rows: readonly Logits[] = [];
  #normalisers: readonly number[] = [];
  #alternatives: (readonly Alternative[] | undefined)[] = [];

  constructor(prompt: readonly TokenId[], settings: SearchSettings) {
    this.#settings = settings;
    this.#context = [...prompt];
    this.#promptLength = prompt.length;
  }

  /** Takes the rows of a forward, one for each leaf, which must stay valid until the next call. */
  read(rows: readonly Logits[]): void {
    this.#rows = rows;
    this.#normalisers = rows.map(logSumExp);
    this.#alternatives = [];
  }

  get vocabularySize(): number {
    return this.#rows[0]?.length ?? 0;
  }

  /** Offers every token that may follow `hypothesis`, which ends at `leaf`. */
  offer(top: TopContinuations, leaf: number, hypothesis: Hypothesis): void {
    const row = this.#rows[leaf]!;
    const normaliser = this.#normalisers[leaf]!;
    const { adjust, endTokens, minimumTokens } = this.#settings;
    const tooShort = hypothesis.length < minimumTokens;
    if (!adjust && !tooShort) {
      top.offer(leaf, row, hypothesis.sum - normaliser);
      return;
    }
    if (this.#adjusted.length !== row.length) this.#adjusted = new Float32Array(row.length);
    for (let token = 0; token < row.length; token++) this.#adjusted[token] = row[token]! - normaliser;
    adjust?.(this.#adjusted, this.#contextOf(hypothesis));
    if (tooShort) for (const token of endTokens) this.#adjusted[token] = -Infinity;
    top.offer(leaf, this.#adjusted, hypothesis.sum);
  }

  /** `token` after `leaf`, with its log-probability. */
  scored(leaf: number, token: TokenId): ScoredToken {
    const logProbability = this.#rows[leaf]![token]! - this.#normalisers[leaf]!;
    const { listAlternatives } = this.#settings;
    if (!listAlternatives) return { token, logProbability };
    const alternatives = (this.#alternatives[leaf] ??= listAlternatives(
      this.#rows[leaf]!,
      this.#normalisers[leaf]!,
    ));
    return { token, logProbability, alternatives };
  }

  #contextOf(hypothesis: Hypothesis): readonly TokenId[] {
    this.#context.length = this.#promptLength + hypothesis.length;
    let place = this.#context.length;
    for (let at: Hypothesis | undefined = hypothesis; at?.last; at = at.parent) {
      this.#context[--place] = at.last.token;
    }
    return this.#context;
  }
}
