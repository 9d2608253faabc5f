import type { Logits, Sequence, TokenId } from '../../src-main/engine/model.ts';

/** Reports a rollback but leaves `extra` tokens too many in the cache of `inner`: a faulty sequence. */
export class StaleCacheSequence implements Sequence {
  readonly #inner: Sequence;
  readonly #extra: number;
  readonly tokens: TokenId[] = [];

  constructor(inner: Sequence, extra = 1) {
    this.#inner = inner;
    this.#extra = extra;
  }

  forward(added: readonly TokenId[], keep?: number): Promise<Logits[]> {
    this.tokens.push(...added);
    return this.#inner.forward(added, keep);
  }

  rollback(count: number): void {
    this.tokens.length -= count;
    if (count > 0) this.#inner.rollback(Math.max(0, count - this.#extra));
  }

  interrupt(): void {
    this.#inner.interrupt();
  }

  close(): void {
    this.#inner.close();
  }
}
