import type { Logits, Sequence, TokenId } from '../../src-main/engine/model.ts';
import { align } from '../../src-main/engine/model.ts';

/** Memoizes the logits of `inner` by prefix, so that thousands of short texts after one prompt cost few forwards. */
export class MemoizingSequence implements Sequence {
  readonly #inner: Sequence;
  readonly #memo = new Map<string, Logits>();
  readonly tokens: TokenId[] = [];

  constructor(inner: Sequence) {
    this.#inner = inner;
  }

  async forward(added: readonly TokenId[], keep = 1): Promise<Logits[]> {
    this.tokens.push(...added);
    const rows: Logits[] = [];
    for (let length = this.tokens.length - keep + 1; length <= this.tokens.length; length++) {
      const prefix = this.tokens.slice(0, length);
      const key = prefix.join(' ');
      let row = this.#memo.get(key);
      if (!row) {
        const [logits] = await this.#inner.forward(align(this.#inner, prefix));
        row = logits!.slice();
        this.#memo.set(key, row);
      }
      rows.push(row);
    }
    return rows;
  }

  rollback(count: number): void {
    this.tokens.length -= count;
  }

  interrupt(): void {
    this.#inner.interrupt();
  }

  close(): void {
    this.#inner.close();
  }
}
