import type { Branches, BranchingSequence, Logits, TokenId } from '../../src-main/engine/model.ts';
import type { HashModel } from './hash-model.ts';

/** Which logits follow a text; a HashModel's, or any others that a test wants. */
export type LogitsAfter = (prefix: readonly TokenId[]) => Logits;

/** Branches that keep the texts of their leaves, and spoil the logits of a forward at the next one. */
class HashBranches implements Branches {
  readonly #prefix: readonly TokenId[];
  readonly #logitsAfter: LogitsAfter;
  readonly #close: () => void;
  readonly #widths: number[];
  #leaves: (readonly TokenId[])[] = [[]];
  #rows: readonly Logits[] = [];

  constructor(prefix: readonly TokenId[], logitsAfter: LogitsAfter, widths: number[], close: () => void) {
    this.#prefix = prefix;
    this.#logitsAfter = logitsAfter;
    this.#widths = widths;
    this.#close = close;
  }

  advance(parents: readonly number[], tokens: readonly TokenId[]): Promise<Logits[]> {
    if (tokens.length === 0 || parents.length !== tokens.length) {
      throw new RangeError(`${parents.length} parents for ${tokens.length} tokens`);
    }
    for (const row of this.#rows) row.fill(NaN);
    this.#leaves = tokens.map((token, index) => {
      const parent = this.#leaves[parents[index]!];
      if (!parent) throw new RangeError(`there is no leaf ${parents[index]}`);
      return [...parent, token];
    });
    this.#widths.push(tokens.length);
    const rows = this.#leaves.map((leaf) => this.#logitsAfter([...this.#prefix, ...leaf]));
    this.#rows = rows;
    return Promise.resolve(rows);
  }

  path(leaf: number): readonly TokenId[] {
    return this.#leaves[leaf] ?? [];
  }

  close(): void {
    this.#leaves = [];
    this.#close();
  }
}

/** A sequence of a HashModel that can be branched; it refuses to be used meanwhile. */
export class BranchingHashSequence implements BranchingSequence {
  readonly #logitsAfter: LogitsAfter;
  #tokens: TokenId[] = [];
  #branched = false;
  #row: Logits | undefined;
  /** Leaves of every forward of the branches. */
  readonly widths: number[] = [];

  constructor(model: HashModel | { readonly logitsAfter: LogitsAfter }) {
    this.#logitsAfter = (prefix) => model.logitsAfter(prefix);
  }

  get tokens(): readonly TokenId[] {
    return this.#tokens;
  }

  get branched(): boolean {
    return this.#branched;
  }

  forward(added: readonly TokenId[], keep = 1): Promise<Logits[]> {
    this.#refuseWhileBranched();
    if (added.length === 0 || keep > 1) throw new RangeError('the fake reads some tokens and keeps one row');
    this.#row?.fill(NaN);
    this.#tokens.push(...added);
    this.#row = this.#logitsAfter(this.#tokens);
    return Promise.resolve(keep === 0 ? [] : [this.#row]);
  }

  rollback(count: number): void {
    this.#refuseWhileBranched();
    this.#tokens.length -= count;
  }

  branch(): Branches {
    this.#refuseWhileBranched();
    this.#branched = true;
    return new HashBranches(this.#tokens, this.#logitsAfter, this.widths, () => {
      this.#branched = false;
    });
  }

  interrupt(): void {
    // Forwards of the fake are over at once.
  }

  close(): void {
    // Nothing is held.
  }

  #refuseWhileBranched(): void {
    if (this.#branched) throw new Error('the sequence is branched');
  }
}
