import type { RunToken } from '../../../src-main/contract/run.ts';

/** A chunk ends at the first newline after `minTokens`, and after `maxTokens` at the latest. */
const minTokens = 48;
const maxTokens = 400;

/** The tokens of a growing answer, in chunks; a complete chunk changes only where its figures do. */
export class TokenChunks {
  #all: readonly (readonly RunToken[])[] = [];
  readonly #tokens: RunToken[] = [];

  get all(): readonly (readonly RunToken[])[] {
    return this.#all;
  }

  get count(): number {
    return this.#tokens.length;
  }

  token(position: number): RunToken | undefined {
    return this.#tokens[position];
  }

  /**
   * Appends those of `tokens`, which are in order, that continue the existing ones without a gap. Approximate ones get
   * the figures that `tokens` has for them.
   */
  add(tokens: readonly RunToken[]): void {
    this.#rescore(tokens);
    const next = tokens.filter(({ position }) => position >= this.count);
    if (next[0]?.position !== this.count) return;
    const chunks = [...this.#all];
    let last = isComplete(chunks.at(-1)) ? [] : [...(chunks.pop() ?? [])];
    for (const token of next) {
      last.push(token);
      this.#tokens.push(token);
      if (!isComplete(last)) continue;
      chunks.push(last);
      last = [];
    }
    this.#all = last.length > 0 ? [...chunks, last] : chunks;
  }

  #rescore(tokens: readonly RunToken[]): void {
    const exact = tokens.filter(
      ({ position, approximate }) => !approximate && this.#tokens[position]?.approximate,
    );
    if (exact.length === 0) return;
    const changed = new Map(exact.map((token) => [token.position, token]));
    for (const token of exact) this.#tokens[token.position] = token;
    this.#all = this.#all.map((chunk) =>
      chunk.some(({ position }) => changed.has(position))
        ? chunk.map((token) => changed.get(token.position) ?? token)
        : chunk,
    );
  }
}

/** Whether a chunk ends with a newline, and so can be laid out as a separate block. */
export const endsLine = (chunk: readonly RunToken[]): boolean => chunk.at(-1)?.text.endsWith('\n') ?? false;

function isComplete(chunk: readonly RunToken[] | undefined): boolean {
  if (chunk === undefined) return true;
  return chunk.length >= maxTokens || (chunk.length >= minTokens && endsLine(chunk));
}
