import type { IpcMainInvokeEvent, WebContents } from 'electron';

/** Whether a message comes from the main frame of `contents`, showing a page of `origin`. */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  contents: WebContents | undefined,
  origin: string,
): boolean {
  const frame = event.senderFrame;
  if (contents === undefined || event.sender !== contents || !frame || frame !== contents.mainFrame)
    return false;
  return frame.url.startsWith(`${origin}/`);
}
