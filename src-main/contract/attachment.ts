/** A file whose text is sent with a message. */
export interface Attachment {
  /** File name without its folder. */
  readonly name: string;
  readonly text: string;
}

/**
 * A message as stored and as the model reads it: each file in a tag that doesn't occur in its text, then the typed
 * text. `splitAttachments` is the inverse.
 */
export function joinAttachments(attachments: readonly Attachment[], typed: string): string {
  if (attachments.length === 0) return typed;
  const files = attachments.map(({ name, text }) => {
    const tag = tagFor(text);
    return `<${tag} name="${escaped(name)}">\n${text}\n</${tag}>\n\n`;
  });
  return files.join('') + typed;
}

const opening = /^<(file(?:-\d+)?) name="([^"\n]*)">\n/;

/** Splits a message into its files and the typed text. */
export function splitAttachments(content: string): {
  readonly attachments: readonly Attachment[];
  readonly typed: string;
} {
  const attachments: Attachment[] = [];
  let rest = content;
  for (;;) {
    const [whole, tag = '', name = ''] = opening.exec(rest) ?? [];
    if (whole === undefined) break;
    const close = `\n</${tag}>\n\n`;
    const end = rest.indexOf(close, whole.length);
    if (end === -1) break;
    attachments.push({ name: unescaped(name), text: rest.slice(whole.length, end) });
    rest = rest.slice(end + close.length);
  }
  return { attachments, typed: rest };
}

/** `file`, or `file-2`, `file-3`, ...: the first tag whose closing tag isn't in `text`. */
function tagFor(text: string): string {
  let tag = 'file';
  for (let number = 2; text.includes(`</${tag}>`); number += 1) tag = `file-${number}`;
  return tag;
}

function escaped(name: string): string {
  const line = name.replace(/\s+/g, ' ');
  return line.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function unescaped(name: string): string {
  return name.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
