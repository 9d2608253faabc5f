import type { Links, Tokens } from 'marked';
import { type Block, blocksOf, isShown } from './blocks.ts';
import { fenceAt } from './fence.ts';
import { cutOf, longestContainer, pauseBefore } from './long-blocks.ts';
import { settledCount } from './settled-blocks.ts';
import { stableTail } from './stable-tail.ts';

/** Most blocks, and characters, that stand together in the page: a group that doesn't change isn't touched. */
const groupSize = 16;
const groupLength = 1500;
/** Characters that are taken in one go. */
const sliceLength = 1000;

/**
 * The blocks of a Markdown text that grows. A block with another one behind it is settled and never read
 * again, and the last one is cut where it gets long: reading a text while it grows takes time in proportion to it.
 */
export class GrowingBlocks {
  /** Characters that were read as Markdown since the beginning, the same ones again included. */
  charactersRead = 0;
  /** What was taken of the text. */
  #taken = '';
  /** Behind the settled blocks, with line ends alike. */
  #rest = '';
  /** Blocks of `#rest`, blank lines included. */
  #tail: readonly Block[] = [];
  /** Where in `#rest` the end of open code is looked for. */
  #codeFrom = 0;
  /** Whether `#rest` goes on with a block that was cut. */
  #continues = false;
  readonly #links: Links = Object.create(null) as Links;
  readonly #groups: (readonly Block[])[] = [];
  /** Settled blocks that are no whole group yet, and their characters. */
  #settled: Block[] = [];
  #settledLength = 0;

  /** What is to be shown, in groups; blocks and groups that did not change are the very same objects. */
  get groups(): readonly (readonly Block[])[] {
    const last = [...this.#settled, ...this.#tail.filter(isShown)];
    return last.length === 0 ? [...this.#groups] : [...this.#groups, last];
  }

  /** Whether `text` begins with all that was taken: otherwise it is for a new GrowingBlocks. */
  fits(text: string): boolean {
    return text.startsWith(this.#taken);
  }

  /**
   * Takes at most `slices` times a frame's worth of what is new in `text`, and tells whether that was all.
   * A text that is `growing` is shown as far as it is settled.
   */
  take(text: string, growing: boolean, slices: number): boolean {
    const length = growing && text.endsWith('\r') ? text.length - 1 : text.length;
    for (let left = slices; left > 0; left--) {
      const end = sliceEnd(text, this.#taken.length, length);
      this.#rest += text.slice(this.#taken.length, end).replaceAll(/\r\n?/g, '\n');
      this.#taken = text.slice(0, end);
      while (this.#read(growing && end === length));
      if (end === length) return true;
    }
    return false;
  }

  /** Reads `#rest` and settles what can't change any more; tells whether a block was cut, and more is to be read. */
  #read(growing: boolean): boolean {
    for (let fence = this.#fence(growing); fence !== undefined; fence = this.#fence(growing)) {
      if (fence.from === null) this.#settle([fence.block], fence.block.raw.length);
      else if (this.#rest.length > longestContainer) this.#cutCode();
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
    return this.#cut();
  }

  #fence(growing: boolean) {
    const fence = fenceAt(this.#rest, this.#codeFrom, growing);
    if (fence === undefined) return undefined;
    this.charactersRead += fence.block.raw.length - this.#codeFrom;
    return this.#continues ? { ...fence, block: { ...fence.block, continues: true } } : fence;
  }

  /** Blocks of the beginning of `#rest`; those that are as before are the same objects. */
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

  /** Settles the first part of open code, and begins the rest of it as it began. */
  #cutCode(): void {
    const at = pauseBefore(this.#rest, longestContainer);
    const head = this.#rest.slice(0, this.#rest.indexOf('\n') + 1);
    const part = fenceAt(this.#rest.slice(0, at), 0, false);
    this.#settle(part ? [part.block] : [], at);
    this.#rest = head + this.#rest;
    this.#continues = true;
  }

  /** Settles the first part of a last block that is too long; tells whether it was. */
  #cut(): boolean {
    const block = this.#tail.find(isShown);
    const cut = block && cutOf(block, this.#rest);
    if (cut === undefined) return false;
    this.#settle(this.#blocksOf(this.#rest.slice(0, cut.at)), cut.at);
    this.#rest = cut.head + this.#rest;
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

/** The first definition of a name counts. */
function define(links: Links, { tag, href, title }: Tokens.Def): void {
  links[tag] ??= { href, ...(title !== undefined && { title }) };
}

/** Characters at the beginning that two texts have in common. */
function commonLength(one: string, other: string): number {
  if (other.startsWith(one)) return one.length;
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Where the next slice of `text` ends: behind a line, if there is a line's end in it. */
function sliceEnd(text: string, start: number, length: number): number {
  if (length - start <= sliceLength) return length;
  const line = text.lastIndexOf('\n', start + sliceLength - 1);
  if (line > start) return line + 1;
  const end = start + sliceLength;
  return text[end - 1] === '\r' ? end - 1 : end;
}
