import type { Attachment } from 'svelte/attachments';

/**
 * Keeps `data-more-before` and `data-more-after` on the parent of an element that scrolls across: whether content is
 * hidden at its start and at its end, for the parent to draw a shadow there.
 */
export const scrollEdges: Attachment<HTMLElement> = (scroller) => {
  const { parentElement: parent } = scroller;
  if (parent === null) return undefined;
  const look = () => {
    const before = Math.abs(scroller.scrollLeft);
    // Scroll positions are fractions of a pixel at some zoom levels.
    parent.toggleAttribute('data-more-before', before > 1);
    parent.toggleAttribute('data-more-after', scroller.scrollWidth - scroller.clientWidth - before > 1);
  };
  const sizes = new ResizeObserver(look);
  sizes.observe(scroller);
  const children = new MutationObserver(look);
  children.observe(scroller, { childList: true });
  scroller.addEventListener('scroll', look, { passive: true });
  look();
  return () => {
    sizes.disconnect();
    children.disconnect();
    scroller.removeEventListener('scroll', look);
  };
};
