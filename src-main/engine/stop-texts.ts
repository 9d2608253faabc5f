/** An event and the text that it adds. */
export interface TextPiece<Event> {
  readonly event: Event;
  readonly text: string;
}

/**
 * Holds back text that may be the beginning of a stop text, and cuts where one is complete. Each piece is
 * released exactly once, in order; text that a stop text covers is released as ''.
 */
export class StopTexts<Event> {
  readonly #stopTexts: readonly string[];
  #held: TextPiece<Event>[] = [];
  #text = '';
  stopped = false;

  constructor(stopTexts: readonly string[]) {
    this.#stopTexts = stopTexts;
  }

  /** The pieces whose text is settled by adding this one. */
  add(piece: TextPiece<Event>): TextPiece<Event>[] {
    this.#held.push(piece);
    this.#text += piece.text;
    const starts = this.#stopTexts.map((stop) => this.#text.indexOf(stop)).filter((start) => start >= 0);
    if (starts.length > 0) {
      this.stopped = true;
      return this.#release(Math.min(...starts), true);
    }
    return this.#release(this.#text.length - this.#undecided(), false);
  }

  /** The pieces that are still held, once the answer has ended for another reason. */
  flush(): TextPiece<Event>[] {
    return this.#release(this.#text.length, true);
  }

  /** Length of the longest suffix of the text that is a prefix of a stop text. */
  #undecided(): number {
    let longest = 0;
    for (const stop of this.#stopTexts) {
      for (let length = Math.min(stop.length - 1, this.#text.length); length > longest; length--) {
        if (this.#text.endsWith(stop.slice(0, length))) {
          longest = length;
          break;
        }
      }
    }
    return longest;
  }

  /** The pieces within the first `settled` UTF-16 units; with `all`, the rest too, their text cut off. */
  #release(settled: number, all: boolean): TextPiece<Event>[] {
    const released: TextPiece<Event>[] = [];
    let end = 0;
    for (const piece of this.#held) {
      const start = end;
      end += piece.text.length;
      if (end > settled && !all) break;
      released.push({ event: piece.event, text: piece.text.slice(0, Math.max(0, settled - start)) });
    }
    this.#held = this.#held.slice(released.length);
    this.#text = this.#held.map((piece) => piece.text).join('');
    return released;
  }
}
