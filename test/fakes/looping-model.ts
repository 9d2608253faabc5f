import type {
  Branches,
  HiddenStates,
  LanguageModel,
  Logits,
  SequenceWithHiddenStates,
  TokenId,
} from '../../src-main/engine/model.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import { token } from './hash-model.ts';

export interface LoopingOptions {
  readonly vocabularySize?: number;
  readonly contextLength?: number;
  readonly endTokens?: readonly number[];
  readonly seed?: number;
  /** The tokens that the model repeats; after any other token it restarts at the first. */
  readonly loop: readonly number[];
  /** Logit bonus of the next token in the loop; the noise is between -4 and 4. Default 7. */
  readonly pull?: number;
}

/** A model that mostly repeats a loop, so that drafts are accepted in long runs. Its sequences support all features. */
export class LoopingModel implements LanguageModel {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly rowAgreement = 'any';
  readonly #seed: number;
  readonly #loop: readonly number[];
  readonly #pull: number;

  constructor({ vocabularySize = 12, contextLength = 512, endTokens = [], ...options }: LoopingOptions) {
    this.vocabularySize = vocabularySize;
    this.contextLength = contextLength;
    this.endTokens = new Set(endTokens.map(token));
    this.#seed = options.seed ?? 1;
    this.#loop = options.loop;
    this.#pull = options.pull ?? 7;
  }

  open(): LoopingSequence {
    return new LoopingSequence(this);
  }

  logitsAfter(prefix: readonly TokenId[]): Logits {
    const noise = this.#noiseOf(prefix);
    const next = this.#loop[(this.#loop.indexOf(prefix.at(-1) ?? -1) + 1) % this.#loop.length];
    return Float32Array.from(
      { length: this.vocabularySize },
      (_, id) => 8 * noise(0, id) - 4 + (id === next ? this.#pull : 0),
    );
  }

  hiddenStateAfter(prefix: readonly TokenId[]): Float32Array {
    const noise = this.#noiseOf(prefix);
    return Float32Array.from({ length: 6 }, (_, index) => noise(1, index) - 0.5);
  }

  /** Seeded by all tokens of the prefix and their order. */
  #noiseOf(prefix: readonly TokenId[]) {
    let hash = this.#seed;
    for (const id of prefix) hash = (Math.imul(hash, 16777619) ^ (id + 1)) >>> 0;
    return seededNoise(hash);
  }
}

export class LoopingSequence implements SequenceWithHiddenStates {
  readonly #model: LoopingModel;
  readonly tokens: TokenId[] = [];
  #kept = 0;

  constructor(model: LoopingModel) {
    this.#model = model;
  }

  forward(added: readonly TokenId[], keep = 1): Promise<Logits[]> {
    this.tokens.push(...added);
    this.#kept = keep;
    return Promise.resolve(this.#lastPrefixes().map((prefix) => this.#model.logitsAfter(prefix)));
  }

  hiddenStates(): Float32Array[] {
    return this.#lastPrefixes().map((prefix) => this.#model.hiddenStateAfter(prefix));
  }

  #lastPrefixes(): readonly (readonly TokenId[])[] {
    const first = this.tokens.length - this.#kept + 1;
    return Array.from({ length: this.#kept }, (_, index) => this.tokens.slice(0, first + index));
  }

  rollback(count: number): void {
    this.tokens.length -= count;
  }

  branch(): Branches & HiddenStates {
    const model = this.#model;
    const prompt = [...this.tokens];
    let leaves: readonly (readonly TokenId[])[] = [[]];
    return {
      advance: (parents, tokens) => {
        leaves = tokens.map((id, index) => [...(leaves[parents[index]!] ?? []), id]);
        return Promise.resolve(leaves.map((leaf) => model.logitsAfter([...prompt, ...leaf])));
      },
      path: (leaf) => leaves[leaf] ?? [],
      hiddenStates: () => leaves.map((leaf) => model.hiddenStateAfter([...prompt, ...leaf])),
      close: () => {
        leaves = [];
      },
    };
  }

  interrupt(): void {
    // Forwards of the fake complete immediately.
  }

  close(): void {
    // Nothing to release.
  }
}
