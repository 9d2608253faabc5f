import type { Attachment } from 'svelte/attachments';

/** Opens a sheet below the button that names it as its `popovertarget`, within the window. */
export const belowButton: Attachment<HTMLElement> = (sheet) => {
  function place(): void {
    const button = document.querySelector(`[popovertarget="${CSS.escape(sheet.id)}"]`);
    if (button === null || button.getClientRects().length === 0) return;
    const { left, bottom } = button.getBoundingClientRect();
    sheet.style.setProperty('--sheet-left', `${left}px`);
    sheet.style.setProperty('--sheet-top', `${bottom + 6}px`);
  }
  const onToggle = (event: ToggleEvent) => {
    if (event.newState === 'open') place();
  };
  sheet.addEventListener('beforetoggle', onToggle);
  window.addEventListener('resize', place);
  return () => {
    sheet.removeEventListener('beforetoggle', onToggle);
    window.removeEventListener('resize', place);
  };
};
