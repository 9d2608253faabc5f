import type { LanguageModel, Logits, Sequence, TokenId } from '../../src-main/engine/model.ts';
import { align } from '../../src-main/engine/model.ts';

/** The model reads from the last or last but one multiple of this many tokens. */
const block = 32;

/** A sequence whose logits come from the end of its tokens alone. */
class ShortSightedSequence implements Sequence {
  readonly #inner: Sequence;
  #tokens: TokenId[] = [];

  constructor(inner: Sequence) {
    this.#inner = inner;
  }

  get tokens(): readonly TokenId[] {
    return this.#tokens;
  }

  async forward(tokens: readonly TokenId[], keep = 1): Promise<Logits[]> {
    if (keep > 1) throw new RangeError('it drafts one token after another');
    this.#tokens.push(...tokens);
    if (keep === 0) return [];
    const start = Math.max(0, Math.floor(this.#tokens.length / block) - 1) * block;
    return this.#inner.forward(align(this.#inner, this.#tokens.slice(start)));
  }

  rollback(count: number): void {
    this.#tokens.length -= count;
  }

  interrupt(): void {
    this.#inner.interrupt();
  }

  close(): void {
    this.#inner.close();
  }
}

/** `model`, seeing its last 32 to 63 tokens only: a draft model that is often right and often wrong. */
export function shortSighted(model: LanguageModel): LanguageModel {
  const { vocabularySize, contextLength, endTokens, rowAgreement } = model;
  const open = () => new ShortSightedSequence(model.open());
  return { vocabularySize, contextLength, endTokens, rowAgreement, open };
}
