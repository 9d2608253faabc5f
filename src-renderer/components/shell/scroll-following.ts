/** How near to the end, in pixels, a reader counts as being there. */
const nearness = 40;

/** A scrolling element: how far it is scrolled, and how much of it is below its visible part, in pixels. */
export interface Scrolled {
  readonly top: number;
  readonly below: number;
}

/**
 * Decides how far an element is scrolled as its content grows: to its end as long as the reader is there and does
 * nothing else. From the moment the reader works in it, what they work on keeps its place on the screen.
 */
export class ScrollFollowing {
  #following = true;
  #top = 0;

  /** Whether the end is followed. */
  get following(): boolean {
    return this.#following;
  }

  /** Whether the end is followed or visible. */
  atEnd({ below }: Scrolled): boolean {
    return this.#following || below <= nearness;
  }

  follow(): void {
    this.#following = true;
  }

  /** The reader works in the content, or something else is to be shown than the end. */
  leave(): void {
    this.#following = false;
  }

  /** The element is at `now` by a change that no reader made: its end counts as reached if it is visible. */
  placed(now: Scrolled): void {
    this.#top = now.top;
    this.#following = now.below <= nearness;
  }

  /** The element was scrolled to `now`; returns whether a reader did that. */
  scrolled(now: Scrolled): boolean {
    const change = now.top - this.#top;
    this.#top = now.top;
    // Content that becomes shorter is moved back to its end: no reader scrolled.
    if (change === 0 || (change < 0 && now.below <= 1)) return false;
    if (change > 0 && now.below <= nearness) this.#following = true;
    if (change < 0 && now.below > nearness) this.#following = false;
    return true;
  }

  /**
   * The content or the element changed its size, which left it at `now`.
   * @param drift by how far, in pixels, that moved down what the reader works on; 0 if nothing
   * @returns where to scroll to
   */
  resized({ top, below }: Scrolled, drift: number): number {
    const end = top + below;
    this.#top = this.#following ? end : Math.max(0, Math.min(end, top + drift));
    return this.#top;
  }

  /** The element was scrolled to where `resized` said, and is at `top`: browsers round the end of a content. */
  reached(top: number): void {
    this.#top = top;
  }
}
