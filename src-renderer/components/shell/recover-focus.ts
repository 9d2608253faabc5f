const focusable = 'button, [href], input, textarea, select, [tabindex]';

/** Whether an element can have the focus, as far as it and what is around it say. */
function takesFocus(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    !element.matches(':disabled') &&
    element.closest('[inert]') === null &&
    element.getClientRects().length > 0
  );
}

/**
 * Keeps the keyboard near where it was: an element that is removed or disabled while it has the focus leaves it to
 * nothing, so the nearest place around it takes it. `[data-takes-focus]` is preferred there. Code that moves the focus
 * itself goes first. Returns a function that ends this.
 */
export function recoverFocus(): () => void {
  /** The focused element and those around it, from the inside; none after a click on nothing. */
  let path: readonly HTMLElement[] = [];
  let scheduled = false;

  function remember({ target }: Event): void {
    const around: HTMLElement[] = [];
    for (let at = target; at instanceof HTMLElement && at !== document.body; at = at.parentElement)
      around.push(at);
    path = around;
  }
  const forget = () => (path = []);
  const isLost = () => {
    const [last] = path;
    return last !== undefined && document.activeElement === document.body && !takesFocus(last);
  };
  function recover(): void {
    scheduled = false;
    if (!isLost()) return;
    for (const around of path.slice(1).filter((element) => element.isConnected)) {
      const candidates = [
        ...(around.matches('[tabindex]') ? [around] : []),
        ...around.querySelectorAll<HTMLElement>('[data-takes-focus]'),
        ...around.querySelectorAll<HTMLElement>(focusable),
      ];
      const next = candidates.find(takesFocus);
      if (next === undefined) continue;
      next.focus({ preventScroll: true });
      return;
    }
  }
  const observer = new MutationObserver(() => {
    if (scheduled || path[0] === undefined || takesFocusStill(path[0])) return;
    scheduled = true;
    // A disabled element loses the focus with the next frame.
    requestAnimationFrame(() => requestAnimationFrame(recover));
  });
  observer.observe(document.body, {
    ...{ subtree: true, childList: true },
    ...{ attributes: true, attributeFilter: ['disabled', 'hidden', 'inert'] },
  });
  document.addEventListener('focusin', remember);
  // Before the focus moves: on something that takes it, it is remembered again.
  document.addEventListener('pointerdown', forget, { capture: true });
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', forget, { capture: true });
  };
}

/** Cheap, for every change of the page. */
const takesFocusStill = (element: HTMLElement) => element.isConnected && !element.matches(':disabled');
