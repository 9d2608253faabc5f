import type { Attachment } from 'svelte/attachments';

/** Shows a dialog over everything else. Its Escape closes it, and stops nothing that runs below. */
export const modal: Attachment<HTMLDialogElement> = (dialog) => {
  const stay = (event: KeyboardEvent) => {
    if (event.key === 'Escape') event.stopPropagation();
  };
  dialog.addEventListener('keydown', stay);
  dialog.showModal();
  return () => dialog.removeEventListener('keydown', stay);
};
