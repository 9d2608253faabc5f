import crypto from 'node:crypto';
import fs from 'node:fs/promises';

const chunkBytes = 4 * 1024 * 1024;

/**
 * Hexadecimal SHA-256 of a file.
 * @param pause awaited after each 4 MiB; ends the reading by throwing
 */
export async function sha256OfFile(file: string, pause?: () => Promise<void>): Promise<string> {
  const hash = crypto.createHash('sha256');
  const handle = await fs.open(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
      await pause?.();
    }
  } finally {
    await handle.close();
  }
}
