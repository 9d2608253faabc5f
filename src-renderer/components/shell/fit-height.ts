import type { Attachment } from 'svelte/attachments';

/** Makes a text field as high as its content; `text` is read only to detect changes. */
export function fitHeight(text: () => string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    void text();
    const fit = () => {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    };
    fit();
    // Another width changes the line breaks.
    let width = field.clientWidth;
    const observer = new ResizeObserver(() => {
      if (field.clientWidth === width) return;
      width = field.clientWidth;
      fit();
    });
    observer.observe(field);
    return () => observer.disconnect();
  };
}
