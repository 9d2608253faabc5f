import { ForedraftError } from '../contract/error.ts';
import type { Branches, HiddenStates, Logits, TokenId } from '../engine/model.ts';
import type { Forward, TreePaths } from './forward.ts';
import type { KeyValueCache } from './key-value-cache.ts';

/** One token of the tree. Its cache slot is the prefix plus its index in the list of nodes. */
interface Node {
  readonly token: TokenId;
  /** Index of the parent; `root` for the sequence itself. */
  readonly parent: number;
  /** Tokens after the sequence, this one included. */
  readonly depth: number;
  /** Number of its live children, plus 1 if it is a leaf. At 0 it is dead. */
  uses: number;
}

/** The results of a forward, by row. */
export interface ForwardRows {
  readonly logits: Logits[];
  readonly states: readonly Float32Array[];
}

/** The part of the cache that branches use: moving slots. */
type Slots = Pick<KeyValueCache, 'gather'>;

export type RunForward = (forward: Omit<Forward, 'padding'>) => Promise<ForwardRows>;

const root = -1;
/** Dead nodes before the first compaction. */
const fewestDead = 64;
/** Columns of the paths at first. They double, so that shapes, and with them bindings, seldom change. */
const fewestColumns = 16;

/**
 * Branches of a sequence in the sequence's cache, by tree attention (Miao et al. 2023): each new token has the
 * position that it has in its text and attends only to the prefix and its ancestors. Nodes without a live
 * descendant are dropped together once they are as many as the live ones, which amortises the cost.
 */
export class SessionBranches implements Branches, HiddenStates {
  readonly #prefix: number;
  readonly #contextLength: number;
  readonly #cache: Slots;
  readonly #run: RunForward;
  #states: readonly Float32Array[] = [];
  #nodes: Node[] = [];
  #dead = 0;
  #leaves: number[] = [root];
  /** Memory of `TreePaths`. */
  #slots = new Int32Array(0);
  #columns = fewestColumns;

  /** @param run runs a forward after `past` slots */
  constructor(prefix: number, contextLength: number, cache: Slots, run: RunForward) {
    this.#prefix = prefix;
    this.#contextLength = contextLength;
    this.#cache = cache;
    this.#run = run;
  }

  async advance(parents: readonly number[], tokens: readonly TokenId[]): Promise<Logits[]> {
    this.#check(parents, tokens);
    this.#keep(parents.map((leaf) => this.#leaves[leaf]!));
    this.#compact();
    const first = this.#nodes.length;
    const added = tokens.map((token, index): Node => {
      const parent = this.#leaves[index]!;
      return { token, parent, depth: (this.#nodes[parent]?.depth ?? 0) + 1, uses: 1 };
    });
    const past = this.#prefix + first;
    const { logits, states } = await this.#run({
      tokens,
      positions: added.map(({ depth }) => this.#prefix + depth - 1),
      past,
      rows: added.map((_, index) => index),
      tree: this.#pathsOf(added, first),
    });
    this.#nodes.push(...added);
    this.#states = states;
    this.#leaves = added.map((_, index) => first + index);
    return logits;
  }

  hiddenStates(): readonly Float32Array[] {
    return this.#states;
  }

  path(leaf: number): readonly TokenId[] {
    const tokens: TokenId[] = [];
    for (let node = this.#leaves[leaf] ?? root; node !== root; node = this.#nodes[node]!.parent) {
      tokens.push(this.#nodes[node]!.token);
    }
    return tokens.reverse();
  }

  close(): void {
    // The slots after the sequence's are overwritten by the next forward.
    this.#nodes = [];
    this.#dead = 0;
    this.#leaves = [];
  }

  /** The paths of `added`, the nodes from `first` on; valid until the next call. */
  #pathsOf(added: readonly Node[], first: number): TreePaths {
    for (const { depth } of added) while (this.#columns < depth) this.#columns *= 2;
    const columns = this.#columns;
    if (this.#slots.length < added.length * columns) this.#slots = new Int32Array(added.length * columns);
    const slots = this.#slots.fill(-1, 0, added.length * columns);
    for (const [index, { parent, depth }] of added.entries()) {
      let place = index * columns + depth - 1;
      slots[place] = this.#prefix + first + index;
      for (let node = parent; node !== root; node = this.#nodes[node]!.parent) {
        slots[--place] = this.#prefix + node;
      }
    }
    return { prefix: this.#prefix, slots, columns };
  }

  /**
   * Makes `leaves` the leaves and releases the nodes that none of them continues. By reference counts, so that a step
   * costs the same however many nodes are live.
   */
  #keep(leaves: number[]): void {
    for (const node of leaves) this.#use(node);
    for (const leaf of this.#leaves) this.#drop(leaf);
    this.#leaves = leaves;
  }

  #use(place: number): void {
    const node = this.#nodes[place];
    if (node) node.uses++;
  }

  #drop(leaf: number): void {
    for (let node = this.#nodes[leaf]; node && --node.uses === 0; node = this.#nodes[node.parent])
      this.#dead++;
  }

  /** Moves the live nodes together. */
  #compact(): void {
    const live = this.#nodes.length - this.#dead;
    if (this.#dead < Math.max(fewestDead, live)) return;
    const kept = [...this.#nodes.keys()].filter((place) => this.#nodes[place]!.uses > 0);
    const places = new Map(kept.map((node, place) => [node, place]));
    this.#cache.gather(
      kept.map((node) => this.#prefix + node),
      this.#prefix,
    );
    this.#nodes = kept.map((node) => {
      const { parent, ...rest } = this.#nodes[node]!;
      return { ...rest, parent: places.get(parent) ?? root };
    });
    this.#leaves = this.#leaves.map((leaf) => places.get(leaf) ?? root);
    this.#dead = 0;
  }

  #check(parents: readonly number[], tokens: readonly TokenId[]): void {
    if (tokens.length === 0 || parents.length !== tokens.length) {
      throw new RangeError(`${parents.length} parents for ${tokens.length} tokens`);
    }
    for (const leaf of parents) {
      const node = this.#leaves[leaf];
      if (node === undefined) throw new RangeError(`there is no leaf ${leaf} of ${this.#leaves.length}`);
      const length = this.#prefix + (this.#nodes[node]?.depth ?? 0) + 1;
      if (length > this.#contextLength) {
        throw new ForedraftError(
          'prompt-too-long',
          `${length} tokens don't fit into the context of ${this.#contextLength}: shorten the text.`,
          { tokens: length, contextLength: this.#contextLength },
        );
      }
    }
  }
}
