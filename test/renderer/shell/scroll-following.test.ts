import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScrollFollowing } from '../../../src-renderer/components/shell/scroll-following.ts';

/** A scrolling element with something in it that the reader works on, laid out as a browser does. */
class Frame {
  readonly following = new ScrollFollowing();
  readonly visible = 400;
  above = 2000;
  beneath = 300;
  top = 0;
  /** Where the reader saw what they work on; null if they don't. */
  held: number | null = null;

  constructor() {
    this.grow(0, 0);
  }

  get end(): number {
    return Math.max(0, this.above + this.beneath - this.visible);
  }
  get place(): number {
    return this.above - this.top;
  }
  get #scrolled() {
    return { top: this.top, below: this.end - this.top };
  }

  work(): void {
    this.following.leave();
    this.held = this.place;
  }
  /** Content changes its height; a browser moves content that became shorter back to its end. */
  grow(above: number, beneath: number): void {
    this.above = Math.max(0, this.above + above);
    this.beneath = Math.max(0, this.beneath + beneath);
    this.top = Math.min(this.top, this.end);
    const drift = this.held === null ? 0 : this.place - this.held;
    this.top = this.following.resized(this.#scrolled, drift);
    this.following.scrolled(this.#scrolled);
    if (this.following.following) this.held = null;
  }
  scroll(by: number): void {
    this.top = Math.max(0, Math.min(this.end, this.top + by));
    if (this.following.scrolled(this.#scrolled) && this.held !== null) this.held = this.place;
    if (this.following.following) this.held = null;
  }
}

const growths = fc.array(fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -400, max: 600 })), {
  minLength: 1,
  maxLength: 20,
});

describe('while a text grows', () => {
  test('its end stays visible for a reader who does nothing', () => {
    fc.assert(
      fc.property(growths, (steps) => {
        const frame = new Frame();
        for (const [above, beneath] of steps) {
          frame.grow(above, beneath);
          expect([frame.top, frame.following.following]).toEqual([frame.end, true]);
        }
      }),
    );
  });

  test('what a reader works on keeps its place, wherever content grows or shrinks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), growths, (up, steps) => {
        const frame = new Frame();
        frame.scroll(-up);
        frame.work();
        const before = frame.place;
        for (const [above, beneath] of steps) {
          frame.grow(above, beneath);
          // Unless the content is too short to be scrolled there.
          const reachable = frame.above - before >= 0 && frame.above - before <= frame.end;
          if (reachable) expect(frame.place).toBe(before);
          else expect([0, frame.end]).toContain(frame.top);
          expect(frame.following.following).toBe(false);
        }
      }),
    );
  });

  test('details that are replaced by shorter ones and grow again leave the word in place', () => {
    const frame = new Frame();
    frame.work();
    const before = frame.place;
    for (const height of [260, -240, 250, -260, 300]) frame.grow(0, height);
    expect(frame.place).toBe(before);
  });

  test('scrolling up stops following, and the end resumes it', () => {
    const frame = new Frame();
    frame.scroll(-500);
    const { top } = frame;
    frame.grow(0, 200);
    expect([frame.top, frame.following.following]).toEqual([top, false]);
    frame.scroll(10_000);
    frame.grow(0, 200);
    expect(frame.top).toBe(frame.end);
  });

  test('a reader at work who scrolls to the end follows it again', () => {
    const frame = new Frame();
    frame.work();
    frame.grow(0, 500);
    expect(frame.following.following).toBe(false);
    expect(frame.following.atEnd({ top: frame.top, below: frame.end - frame.top })).toBe(false);
    frame.scroll(1000);
    frame.grow(0, 100);
    expect([frame.top, frame.held]).toEqual([frame.end, null]);
  });

  test('an end that a browser rounds is no scrolling by a reader', () => {
    const [rounded, asTold] = [true, false].map((tell) => {
      const following = new ScrollFollowing();
      expect(following.resized({ top: 0, below: 100 }, 0)).toBe(100);
      if (tell) following.reached(99);
      // The text has grown before the event of that scrolling arrives.
      following.scrolled({ top: 99, below: 500 });
      return following.following;
    });
    expect([rounded, asTold]).toEqual([true, false]);
  });

  test('the end counts as visible while a reader works near it', () => {
    const frame = new Frame();
    frame.work();
    expect(frame.following.atEnd({ top: frame.top, below: 0 })).toBe(true);
  });

  test('a place that was chosen for the reader follows the end only if that is visible', () => {
    const following = new ScrollFollowing();
    following.placed({ top: 100, below: 500 });
    expect(following.following).toBe(false);
    following.placed({ top: 600, below: 0 });
    expect(following.following).toBe(true);
  });
});
