import type { Attachment } from 'svelte/attachments';

/** How near to the end, in pixels, a reader counts as being there. */
const nearness = 40;

export interface FollowBottom extends Attachment<HTMLElement> {
  /** Stops following before anything was scrolled. */
  readonly leave: () => void;
  /** Checks again whether the end is visible, after scrolling that no reader did. */
  readonly look: () => void;
}

/**
 * Keeps the end of a scrolling element visible while it grows, as long as the reader is there: scrolling
 * up stops it, returning to the end resumes it. `report` is called with whether the end is visible.
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
    // Resize observers run between layout and paint: growth is never painted below the edge first.
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
