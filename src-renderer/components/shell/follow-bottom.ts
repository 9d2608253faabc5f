import type { Attachment } from 'svelte/attachments';
import { ScrollFollowing } from './scroll-following.ts';

export interface FollowBottom extends Attachment<HTMLElement> {
  /** Scrolls to the end and follows it. */
  readonly follow: () => void;
  /** Stops following before anything was scrolled. */
  readonly leave: () => void;
  /** Checks again whether the end is visible, after scrolling that no reader did. */
  readonly look: () => void;
}

/** An element that the reader works on, and where it was, in pixels from the top of the frame. */
interface Held {
  readonly element: Element;
  readonly top: number;
}

/**
 * Keeps the end of a scrolling element visible while it grows, as long as the reader is there: scrolling up stops it,
 * and so does a click, a key or the focus in the content, which then keeps its place on the screen; returning to the
 * end resumes it. `report` is called with whether the end is visible.
 */
export function followBottom(report: (atEnd: boolean) => void): FollowBottom {
  const following = new ScrollFollowing();
  let frame: HTMLElement | null = null;
  let reported = true;
  /** What the reader works on, followed by the elements around it, since it may be replaced. */
  let held: readonly Held[] = [];

  const scrolled = (element: HTMLElement) => ({
    top: element.scrollTop,
    below: Math.max(0, element.scrollHeight - element.clientHeight - element.scrollTop),
  });
  const topOf = (element: Element, within: Element) =>
    element.getBoundingClientRect().top - within.getBoundingClientRect().top;
  function update(): void {
    const atEnd = frame === null || following.atEnd(scrolled(frame));
    if (following.following) held = [];
    if (atEnd === reported) return;
    reported = atEnd;
    report(atEnd);
  }
  function hold(element: HTMLElement, target: EventTarget | null): void {
    const elements: Element[] = [];
    let at = target instanceof Element ? target : null;
    for (; at !== null && at !== element; at = at.parentElement) elements.push(at);
    // The frame itself is its scroll bar, or keys that scroll.
    if (at === null || elements.length === 0) return;
    held = elements.map((part) => ({ element: part, top: topOf(part, element) }));
    following.leave();
    update();
  }
  function resize(element: HTMLElement): void {
    const shown = held.find((part) => part.element.isConnected && part.element.getClientRects().length > 0);
    const drift = shown === undefined ? 0 : topOf(shown.element, element) - shown.top;
    const now = scrolled(element);
    const top = following.resized(now, drift);
    if (top !== now.top) {
      element.scrollTop = top;
      following.reached(element.scrollTop);
    }
    update();
  }

  const attachment: Attachment<HTMLElement> = (element) => {
    frame = element;
    following.follow();
    const onScroll = () => {
      if (following.scrolled(scrolled(element)))
        held = held.map(({ element: part }) => ({ element: part, top: topOf(part, element) }));
      update();
    };
    const onWork = ({ target }: Event) => hold(element, target);
    // Resize observers run between layout and paint: growth is never painted below the edge first.
    const observer = new ResizeObserver(() => resize(element));
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    const work = ['pointerdown', 'keydown', 'focusin'] as const;
    element.addEventListener('scroll', onScroll, { passive: true });
    for (const kind of work) element.addEventListener(kind, onWork, { capture: true, passive: true });
    resize(element);
    return () => {
      frame = null;
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      for (const kind of work) element.removeEventListener(kind, onWork, { capture: true });
    };
  };
  return Object.assign(attachment, {
    follow: () => {
      following.follow();
      if (frame !== null) resize(frame);
    },
    leave: () => {
      following.leave();
      held = [];
      update();
    },
    look: () => {
      if (frame !== null) following.placed(scrolled(frame));
      held = [];
      update();
    },
  });
}
