import type { Attachment } from 'svelte/attachments';
import { type Edges, placeBeside } from '../../state/shell/beside.ts';

/** Keeps a dialog beside what `anchor` returns, without covering it; where that is null, the dialog stays as it is. */
export function beside(anchor: () => Edges | null): Attachment<HTMLDialogElement> {
  return (dialog) => {
    const place = (edges: Edges) => {
      dialog.style.maxHeight = 'none';
      const { width, height } = dialog.getBoundingClientRect();
      const space = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
      const { left, top, bottom, maxHeight } = placeBeside(edges, { width, height }, space);
      const pixels = (value: number | null) => (value === null ? 'auto' : `${value}px`);
      Object.assign(dialog.style, {
        ...{ margin: '0', left: pixels(left), right: 'auto' },
        ...{ top: pixels(top), bottom: pixels(bottom), maxHeight: pixels(maxHeight) },
      });
    };
    // Fonts that arrive, panes and the window move the anchor, and no event reports all of them.
    let placed = '';
    let frame = 0;
    const follow = () => {
      const edges = anchor();
      const now = JSON.stringify([edges, window.innerWidth, window.innerHeight]);
      if (edges !== null && now !== placed) place(edges);
      placed = now;
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  };
}
