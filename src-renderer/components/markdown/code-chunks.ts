/** Lines and characters that are laid out together. */
const chunkLines = 60;
const chunkLength = 4000;

/** `code` in pieces that a frame can lay out, behind lines where it has them; joined they are `code`. */
export function codeChunks(code: string): readonly string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < code.length) {
    const limit = start + chunkLength;
    let end = start;
    for (let lines = 0; lines < chunkLines && end < code.length; lines++) {
      const lineEnd = code.indexOf('\n', end) + 1 || code.length;
      if (lineEnd > limit) break;
      end = lineEnd;
    }
    if (end === start) end = limit;
    chunks.push(code.slice(start, end));
    start = end;
  }
  return chunks;
}
