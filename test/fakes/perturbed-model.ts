import type { Logits, TokenId } from '../../src-main/engine/model.ts';
import type { HashModelOptions } from './hash-model.ts';
import { HashModel } from './hash-model.ts';

/** A HashModel that differs from the one with the same options after a third of all prefixes: a good draft model. */
export class PerturbedModel extends HashModel {
  readonly #other: HashModel;

  constructor(options: HashModelOptions) {
    super(options);
    this.#other = new HashModel({ ...options, seed: 7919 + (options.seed ?? 1) });
  }

  override logitsAfter(prefix: readonly TokenId[]): Logits {
    const sum = prefix.reduce<number>((total, token) => total + token, prefix.length);
    return sum % 3 === 0 ? this.#other.logitsAfter(prefix) : super.logitsAfter(prefix);
  }
}
