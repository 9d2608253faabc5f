const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

/**
 * Accepts files dropped anywhere in the window, unless an element has handled the event; `over` is called with
 * whether files are dragged over it. Returns a function that removes the listeners.
 */
export function onFileDrop(
  take: (files: readonly File[]) => void,
  over: (held: boolean) => void,
): () => void {
  const enter = (event: DragEvent) => {
    if (!hasFiles(event) || event.defaultPrevented) return;
    // Otherwise the window would navigate to the file.
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    over(true);
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) over(false);
  };
  const drop = (event: DragEvent) => {
    over(false);
    if (!hasFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    take([...(event.dataTransfer?.files ?? [])]);
  };
  window.addEventListener('dragenter', enter);
  window.addEventListener('dragover', enter);
  window.addEventListener('dragleave', leave);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('dragenter', enter);
    window.removeEventListener('dragover', enter);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('drop', drop);
  };
}
