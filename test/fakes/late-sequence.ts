import type { Logits, Sequence, TokenId } from '../../src-main/engine/model.ts';

/** Says that it rolled back, but leaves `late` tokens too many in the cache of `inner`. */
export class LateSequence implements Sequence {
  readonly #inner: Sequence;
  readonly #late: number;
  readonly tokens: TokenId[] = [];

  constructor(inner: Sequence, late = 1) {
    this.#inner = inner;
    this.#late = late;
  }

  forward(added: readonly TokenId[], keep?: number): Promise<Logits[]> {
    this.tokens.push(...added);
    return this.#inner.forward(added, keep);
  }

  rollback(count: number): void {
    this.tokens.length -= count;
    if (count > 0) this.#inner.rollback(Math.max(0, count - this.#late));
  }

  interrupt(): void {
    this.#inner.interrupt();
  }

  close(): void {
    this.#inner.close();
  }
}
