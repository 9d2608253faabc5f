import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { convert } from '../../src-main/convert/convert.ts';
import { sha256OfFile } from '../../src-main/runtime/file-hash.ts';
import { writeGguf } from './gguf-writer.ts';
import { mixedLlama } from './mixed-llama.ts';
import { tinyAdapter } from './tiny-adapter.ts';

/** A folder with a tiny model, converted with an adapter that changes its texts (`adapted`) and without one (`stock`). */
export async function adaptedModels(): Promise<{
  readonly adapted: string;
  readonly stock: string;
  remove(): void;
}> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-adapted-'));
  const [source, adapter, adapted, stock] = ['tiny.gguf', 'editor.gguf', 'adapted', 'stock'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  writeGguf(source, mixedLlama());
  writeGguf(adapter, tinyAdapter(await sha256OfFile(source), { size: 0.3 }));
  await convert({ source, target: adapted, precision: '8-bit', adapter });
  await convert({ source, target: stock, precision: '8-bit', id: 'tiny-stock' });
  return { adapted, stock, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
