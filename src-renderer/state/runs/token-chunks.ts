import type { RunToken } from '../../../src-main/contract/run.ts';

/** A chunk ends at the first end of a line after `fewTokens`, and after `manyTokens` at the latest. */
const fewTokens = 48;
const manyTokens = 400;

/** The tokens of an answer that grows, in chunks: of those that are whole, none is touched by what is added. */
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

  /** Appends those of `tokens`, which are in order, that continue the existing ones without a gap. */
  add(tokens: readonly RunToken[]): void {
    const next = tokens.filter(({ position }) => position >= this.count);
    if (next[0]?.position !== this.count) return;
    const chunks = [...this.#all];
    let last = isWhole(chunks.at(-1)) ? [] : [...(chunks.pop() ?? [])];
    for (const token of next) {
      last.push(token);
      this.#tokens.push(token);
      if (!isWhole(last)) continue;
      chunks.push(last);
      last = [];
    }
    this.#all = last.length > 0 ? [...chunks, last] : chunks;
  }
}

/** Whether a chunk ends with a line, and so can stand in the page by itself. */
export const endsLine = (chunk: readonly RunToken[]): boolean => chunk.at(-1)?.text.endsWith('\n') ?? false;

function isWhole(chunk: readonly RunToken[] | undefined): boolean {
  if (chunk === undefined) return true;
  return chunk.length >= manyTokens || (chunk.length >= fewTokens && endsLine(chunk));
}
