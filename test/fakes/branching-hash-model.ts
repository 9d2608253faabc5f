import type { Branches, BranchingSequence, Logits, TokenId } from '../../src-main/engine/model.ts';
import type { HashModel } from './hash-model.ts';

/** Logits after a prefix: those of a HashModel, or any that a test defines. */
export type LogitsAfter = (prefix: readonly TokenId[]) => Logits;

/** Branches that store the tokens of their leaves and overwrite the logits of the previous forward. */
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
      if (!parent) throw new RangeError(`no leaf ${parents[index]}`);
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

/** A branchable sequence of a HashModel; throws if used while branched. */
export class BranchingHashSequence implements BranchingSequence {
  readonly #logitsAfter: LogitsAfter;
  #tokens: TokenId[] = [];
  #branched = false;
  #row: Logits | undefined;
  /** Number of leaves in each forward of the branches. */
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
    this.#assertNotBranched();
    if (added.length === 0 || keep > 1)
      throw new RangeError('the fake takes at least one token and keeps at most one row');
    this.#row?.fill(NaN);
    this.#tokens.push(...added);
    this.#row = this.#logitsAfter(this.#tokens);
    return Promise.resolve(keep === 0 ? [] : [this.#row]);
  }

  rollback(count: number): void {
    this.#assertNotBranched();
    this.#tokens.length -= count;
  }

  branch(): Branches {
    this.#assertNotBranched();
    this.#branched = true;
    return new HashBranches(this.#tokens, this.#logitsAfter, this.widths, () => {
      this.#branched = false;
    });
  }

  interrupt(): void {
    // Forwards of the fake complete immediately.
  }

  close(): void {
    // Nothing to release.
  }

  #assertNotBranched(): void {
    if (this.#branched) throw new Error('the sequence is branched');
  }
}
