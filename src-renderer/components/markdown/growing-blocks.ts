import type { Links, Tokens } from 'marked';
import { type Block, blocksOf, isShown } from './blocks.ts';
import { fenceAt } from './fence.ts';
import { splitOf } from './long-blocks.ts';
import { settledCount } from './settled-blocks.ts';
import { stableTail } from './stable-tail.ts';
import { cutBefore } from '../../../src-main/contract/graphemes.ts';

/** Maximum blocks and characters per group; an unchanged group isn't rendered again. */
const groupSize = 16;
const groupLength = 1500;
/** Characters lexed per slice. */
const sliceLength = 1000;

/**
 * Incremental Markdown parser for streamed text. A block followed by another one is settled and never lexed again, and
 * a long last block is split, so the total time is linear in the length of the text.
 */
export class GrowingBlocks {
  /** Total characters lexed, counting repeats. */
  charactersRead = 0;
  /** The text taken so far. */
  #taken = '';
  /** The taken text after the settled blocks, with line ends normalized. */
  #rest = '';
  /** Blocks of `#rest`, blank lines included. */
  #tail: readonly Block[] = [];
  /** Offset in `#rest` from which the end of an open code block is searched. */
  #codeFrom = 0;
  /** Whether `#rest` starts with the continuation of a split block. */
  #continues = false;
  readonly #links: Links = Object.create(null) as Links;
  readonly #groups: (readonly Block[])[] = [];
  /** Settled blocks of the incomplete last group, and their total length. */
  #settled: Block[] = [];
  #settledLength = 0;

  /** The blocks to render, in groups. Unchanged blocks and groups keep their identity. */
  get groups(): readonly (readonly Block[])[] {
    const last = [...this.#settled, ...this.#tail.filter(isShown)];
    return last.length === 0 ? [...this.#groups] : [...this.#groups, last];
  }

  /** Whether `text` starts with the text taken so far; if not, it needs a new instance. */
  fits(text: string): boolean {
    return text.startsWith(this.#taken);
  }

  /**
   * Consumes up to `slices` slices of the new part of `text`; returns whether that was all of it. The unsettled end
   * of a `growing` text is held back.
   */
  take(text: string, growing: boolean, slices: number): boolean {
    const length = growing && text.endsWith('\r') ? text.length - 1 : text.length;
    for (let left = slices; left > 0; left--) {
      const end = sliceEnd(text, this.#taken.length, length);
      this.#rest += text.slice(this.#taken.length, end).replaceAll(/\r\n?/g, '\n');
      this.#taken = text.slice(0, end);
      while (this.#read(growing && end === length, growing || end < length));
      if (end === length) return true;
    }
    return false;
  }

  /**
   * Lexes `#rest` and settles the blocks that can't change any more; returns true if a block was split.
   * @param growing whether the unsettled end is held back
   * @param continued whether more text follows
   */
  #read(growing: boolean, continued: boolean): boolean {
    for (let fence = this.#fence(continued); fence !== undefined; fence = this.#fence(continued)) {
      if (fence.from === null) this.#settle([fence.block], fence.block.raw.length);
      else {
        this.#codeFrom = fence.from;
        this.#tail = [fence.block];
        return false;
      }
    }
    const source = growing ? stableTail(this.#rest) : this.#rest;
    const blocks = this.#blocksOf(source);
    const count = settledCount(blocks, commonLength(source, this.#rest));
    const end = blocks.slice(0, count).reduce((length, { raw }) => length + raw.length, 0);
    this.#settle(blocks.slice(0, count), end);
    this.#tail = blocks.slice(count);
    return this.#split();
  }

  #fence(growing: boolean) {
    const fence = fenceAt(this.#rest, this.#codeFrom, growing);
    if (fence === undefined) return undefined;
    this.charactersRead += fence.block.raw.length - this.#codeFrom;
    return this.#continues ? { ...fence, block: { ...fence.block, continues: true } } : fence;
  }

  /** Lexes a prefix of `#rest`; unchanged blocks keep their identity. */
  #blocksOf(source: string): readonly Block[] {
    this.charactersRead += source.length;
    const blocks = blocksOf(source, this.#links);
    const first = this.#continues ? blocks.findIndex(isShown) : -1;
    return blocks.map((block, index) => {
      const before = this.#tail[index];
      if (before !== undefined && before.raw === block.raw && before.type === block.type) return before;
      return index === first ? { ...block, continues: true } : block;
    });
  }

  /** Settles the first part of the last block if it is too long; returns whether it was. */
  #split(): boolean {
    const block = this.#tail.find(isShown);
    const split = block && splitOf(block, this.#rest);
    if (split === undefined) return false;
    this.#settle(this.#blocksOf(this.#rest.slice(0, split.at)), split.at);
    this.#rest = split.head + this.#rest;
    this.#continues = true;
    return true;
  }

  #settle(blocks: readonly Block[], length: number): void {
    if (length === 0) return;
    for (const block of blocks) {
      if (block.type === 'def') define(this.#links, block as Tokens.Def);
      if (!isShown(block)) continue;
      this.#settled.push(block);
      this.#settledLength += block.raw.length;
      if (this.#settled.length < groupSize && this.#settledLength < groupLength) continue;
      this.#groups.push(this.#settled);
      this.#settled = [];
      this.#settledLength = 0;
    }
    this.#rest = this.#rest.slice(length);
    this.#tail = [];
    this.#codeFrom = 0;
    this.#continues = false;
  }
}

/** Adds a link definition; the first one of a label counts. */
function define(links: Links, { tag, href, title }: Tokens.Def): void {
  links[tag] ??= { href, ...(title !== undefined && { title }) };
}

/** Length of the common prefix. */
function commonLength(one: string, other: string): number {
  if (other.startsWith(one)) return one.length;
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** End of the next slice of `text`: after a line break, if there is one. */
function sliceEnd(text: string, start: number, length: number): number {
  if (length - start <= sliceLength) return length;
  const line = text.lastIndexOf('\n', start + sliceLength - 1);
  if (line > start) return line + 1;
  const end = start + cutBefore(text.slice(start, start + 2 * sliceLength), sliceLength);
  return text[end - 1] === '\r' ? end - 1 : end;
}
