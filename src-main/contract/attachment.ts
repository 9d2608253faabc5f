/** A file whose text goes along with a message. */
export interface Attachment {
  /** The file's name, without its folder. */
  readonly name: string;
  readonly text: string;
}

/**
 * A message as it is kept and as the model reads it: the files, each between a line with its name and a line that
 * no line of it is like, then what was typed. `splitAttachments` takes it apart again.
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

/** The files that a message begins with, and what was typed below them. */
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

/** `file`, or with the first number that the text has no closing line of. */
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
