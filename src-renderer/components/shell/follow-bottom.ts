import type { Attachment } from 'svelte/attachments';

/** How near to the end, in pixels, a reader counts as being there. */
const nearness = 40;

export interface FollowBottom extends Attachment<HTMLElement> {
  /** The reader looks elsewhere from now on, though nothing has been scrolled yet. */
  readonly leave: () => void;
  /** Tells anew whether the end is in sight, after what scrolled without a reader. */
  readonly look: () => void;
}

/**
 * Keeps the end of a scrolled element in sight while it grows, as long as the reader is there: scrolling
 * up ends it, coming back to the end starts it again. `report` is told whether the end is in sight.
 */
export function followBottom(report: (following: boolean) => void): FollowBottom {
  let following = true;
  let look = () => {};
  const set = (next: boolean) => {
    if (next === following) return;
    following = next;
    report(next);
  };
  const attachment: Attachment<HTMLElement> = (frame) => {
    let lastTop = 0;
    const toBottom = () => {
      frame.scrollTop = frame.scrollHeight;
      lastTop = frame.scrollTop;
    };
    const onScroll = () => {
      const top = frame.scrollTop;
      const distance = frame.scrollHeight - frame.clientHeight - top;
      if (distance <= nearness) set(true);
      else if (top < lastTop) set(false);
      lastTop = top;
    };
    look = onScroll;
    // Sizes are told between layout and painting: what has grown is never seen below the edge first.
    const observer = new ResizeObserver(() => {
      if (following) toBottom();
    });
    observer.observe(frame);
    for (const child of frame.children) observer.observe(child);
    frame.addEventListener('scroll', onScroll, { passive: true });
    toBottom();
    return () => {
      observer.disconnect();
      frame.removeEventListener('scroll', onScroll);
    };
  };
  return Object.assign(attachment, { leave: () => set(false), look: () => look() });
}
