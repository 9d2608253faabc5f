/** Maximum lines and characters per chunk. */
const chunkLines = 60;
const chunkLength = 4000;

/**
 * Splits `text` into chunks of whole lines that a frame can lay out. A line is never split: a longer one is a chunk by
 * itself.
 */
export function textChunks(text: string): readonly string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = start;
    for (let lines = 0; lines < chunkLines && end < text.length; lines++) {
      const lineEnd = text.indexOf('\n', end) + 1 || text.length;
      if (lineEnd > start + chunkLength && end > start) break;
      end = lineEnd;
    }
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}
