/** Maximum lines and characters per chunk. */
const chunkLines = 60;
const chunkLength = 4000;

/** Splits `text` into chunks that a frame can lay out, at line breaks if possible. */
export function textChunks(text: string): readonly string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < text.length) {
    const limit = start + chunkLength;
    let end = start;
    for (let lines = 0; lines < chunkLines && end < text.length; lines++) {
      const lineEnd = text.indexOf('\n', end) + 1 || text.length;
      if (lineEnd > limit) break;
      end = lineEnd;
    }
    if (end === start) end = limit;
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}
