import type { LanguageModel, Logits, Sequence, TokenId } from '../../src-main/engine/model.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import type { TokenTextDecoder, Vocabulary } from '../../src-main/engine/vocabulary.ts';

export const token = (id: number): TokenId => id as TokenId;
export const tokens = (...ids: number[]): TokenId[] => ids.map(token);

export interface HashModelOptions {
  readonly vocabularySize?: number;
  readonly contextLength?: number;
  readonly endTokens?: readonly number[];
  readonly seed?: number;
}

/** A sequence whose logits are a hash of the whole prefix, so that any cache error changes the output. */
class HashSequence implements Sequence {
  readonly #model: HashModel;
  #tokens: TokenId[] = [];
  forwards: number[] = [];

  constructor(model: HashModel) {
    this.#model = model;
  }

  get tokens(): readonly TokenId[] {
    return this.#tokens;
  }

  forward(added: readonly TokenId[], keep = 1): Promise<Logits[]> {
    if (added.length === 0) throw new RangeError('forward of no tokens');
    this.forwards.push(added.length);
    const logits: Logits[] = [];
    added.forEach((id, index) => {
      this.#tokens.push(id);
      if (index >= added.length - keep) logits.push(this.#model.logitsAfter(this.#tokens));
    });
    return Promise.resolve(logits);
  }

  rollback(count: number): void {
    this.#tokens.length -= count;
  }

  interrupt(): void {
    // Forwards of the fake complete immediately.
  }

  close(): void {
    // Nothing to release.
  }
}

export class HashModel implements LanguageModel {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly rowAgreement = 'any';
  readonly #seed: number;

  constructor(options: HashModelOptions = {}) {
    this.vocabularySize = options.vocabularySize ?? 26;
    this.contextLength = options.contextLength ?? 512;
    this.endTokens = new Set((options.endTokens ?? []).map(token));
    this.#seed = options.seed ?? 1;
  }

  open(): HashSequence {
    return new HashSequence(this);
  }

  /** Logits between -4 and 4, from all tokens of the prefix and their order. */
  logitsAfter(prefix: readonly TokenId[]): Logits {
    let hash = this.#seed;
    for (const id of prefix) hash = (Math.imul(hash, 16777619) ^ (id + 1)) >>> 0;
    const noise = seededNoise(hash);
    return Float32Array.from({ length: this.vocabularySize }, (_, id) => 8 * noise(0, id) - 4);
  }
}

/** Token 0 is "a", 1 is "b" and so on. */
export const letters: Vocabulary = {
  text: (id) => String.fromCharCode(97 + id),
  bytes: (id) => Uint8Array.of(97 + id),
  textDecoder: (): TokenTextDecoder => ({ add: (id) => String.fromCharCode(97 + id) }),
};
