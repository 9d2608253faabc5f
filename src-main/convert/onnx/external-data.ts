import fs from 'node:fs';

/** A byte range in an external data file. */
export interface DataRange {
  /** The file's name, relative to the graph's folder. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** Cache-line alignment, which lets kernels use memory-mapped weights directly. */
const alignment = 64;

/** Writer of the external data file that holds a graph's weights; append-only. */
export class ExternalData {
  readonly name: string;
  readonly #file: number;
  readonly #onWrite: (bytes: number) => void;
  #length = 0;

  /** `onWrite` is called after each part with its size. */
  constructor(path: string, name: string, onWrite: (bytes: number) => void = () => undefined) {
    this.name = name;
    this.#file = fs.openSync(path, 'w');
    this.#onWrite = onWrite;
  }

  /** Appends one tensor, given as consecutive parts. */
  write(parts: Iterable<Uint8Array>): DataRange {
    const offset = Math.ceil(this.#length / alignment) * alignment;
    this.#length = offset;
    for (const part of parts) {
      for (let done = 0; done < part.length;) {
        done += fs.writeSync(this.#file, part, done, part.length - done, this.#length + done);
      }
      this.#length += part.length;
      this.#onWrite(part.length);
    }
    return { file: this.name, offset, length: this.#length - offset };
  }

  close(): void {
    fs.fsyncSync(this.#file);
    fs.closeSync(this.#file);
  }
}
