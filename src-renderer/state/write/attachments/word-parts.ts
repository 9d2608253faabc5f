import { readText } from '../../../../src-main/contract/text-file.ts';
import { AttachmentError } from './attachment-error.ts';
import type { ZipEntry } from './zip-entries.ts';
import { zipEntries } from './zip-entries.ts';

/** Maximum bytes of the XML parts of a Word file when inflated, about four million words. */
const maxInflatedBytes = 24 * 1024 * 1024;
/** Maximum number of ZIP entries. */
const maxEntries = 5000;

/** The XML parts of a Word file, which are inflated when they are asked for. */
export class WordParts {
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  /** The sizes in a ZIP directory can't be trusted. */
  #remaining = maxInflatedBytes;

  /** @throws AttachmentError `encrypted`, `broken`, `bomb` */
  constructor(bytes: Uint8Array) {
    const entries = zipEntries(bytes);
    if (entries.length > maxEntries) throw new AttachmentError('bomb');
    if (!entries.some(({ name }) => name === '[Content_Types].xml')) throw new AttachmentError('broken');
    if (entries.some(({ encrypted }) => encrypted)) throw new AttachmentError('encrypted');
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** The paths of the parts that `part` ('' is the package) refers to, by the last word of the relation's type. */
  async related(part: string): Promise<readonly { readonly type: string; readonly path: string }[]> {
    const slash = part.lastIndexOf('/') + 1;
    const root = await this.xml(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`);
    return Array.from(root?.childNodes ?? [])
      .filter(isElement)
      .map((relation) => {
        const target = relation.getAttribute('Target') ?? '';
        const type = relation.getAttribute('Type') ?? '';
        return {
          type: type.slice(type.lastIndexOf('/') + 1),
          path: resolved(part.slice(0, slash), target),
        };
      });
  }

  /** The root element of a part; undefined if there is no such part. @throws AttachmentError `broken`, `bomb` */
  async xml(path: string): Promise<Element | undefined> {
    const entry = this.#entries.get(path);
    if (entry === undefined) return undefined;
    const bytes = entry.method === 0 ? entry.packed : await inflated(entry.packed, this.#remaining);
    this.#remaining -= bytes.length;
    if (this.#remaining < 0) throw new AttachmentError('bomb');
    const read = readText(bytes);
    const root = 'text' in read ? new DOMParser().parseFromString(read.text, 'application/xml') : undefined;
    if (!root || root.getElementsByTagName('parsererror').length > 0) throw new AttachmentError('broken');
    return root.documentElement;
  }
}

export const isElement = (node: Node): node is Element => node.nodeType === 1;

/** A relation's target as a path in the archive. */
function resolved(folder: string, target: string): string {
  const path: string[] = [];
  for (const name of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (name === '..') path.pop();
    else if (name !== '' && name !== '.') path.push(name);
  }
  return path.join('/');
}

/** @throws AttachmentError `bomb` above `limit` bytes, `broken` */
async function inflated(packed: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new AttachmentError('broken');
    });
    if (done) break;
    chunks.push(value);
    size += value.length;
    if (size <= limit) continue;
    await reader.cancel().catch(() => undefined);
    throw new AttachmentError('bomb');
  }
  return new Uint8Array(await new Blob(chunks.map((chunk) => chunk.slice())).arrayBuffer());
}
